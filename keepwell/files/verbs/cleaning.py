"""Clearing away what belongs to nobody: attachments, then content, then what lies on the disk unknown."""

from __future__ import annotations

from datetime import datetime

from keepwell.files import content
from keepwell.files.models import Attachment, Blob
from keepwell.files.orphans import UNUSED_FOR, unowned, unused_blobs
from keepwell.files.verbs.removing import remove
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock_key
from keepwell.people.actors import System

CLEANER = System("files")
AT_ONCE = 500


def clean(*, at: datetime | None = None) -> int:
    """Removes what nobody owns; gives how many attachments went. Run again it finds nothing.

    Effects: file.removed for each attachment.
    """
    at = clock.instant(at)
    removed = sum(_remove_if_unowned(identity, at) for identity in _identities(at))
    for blob in unused_blobs(at)[:AT_ONCE]:
        _drop(blob.sha256, at)
    for place in content.places_before(at - UNUSED_FOR):
        _clear_if_unknown(place)
    return removed


def _identities(at: datetime) -> list[int]:
    return list(unowned(at).values_list("pk", flat=True)[:AT_ONCE])


@all_or_nothing()
def _remove_if_unowned(identity: int, at: datetime) -> bool:
    # Looked at again under its lock: somebody may have sent it in between.
    Attachment.objects.select_for_update().filter(pk=identity).first()
    attachment = unowned(at).filter(pk=identity).first()
    if attachment is None:
        return False
    remove(attachment, by=CLEANER, is_unowned=True, at=at)
    return True


@all_or_nothing()
def _drop(sha256: str, at: datetime) -> None:
    """Takes the row; the place is cleared by itself once that is certain."""
    lock_key(sha256)
    unused_blobs(at).filter(sha256=sha256).delete()


@all_or_nothing()
def _clear_if_unknown(place: str) -> None:
    sha256 = place.rpartition("/")[2]
    # The same content may just be coming in again: it is either there as a row, or not yet begun.
    lock_key(sha256)
    if not Blob.objects.filter(sha256=sha256).exists():
        content.clear(place)
