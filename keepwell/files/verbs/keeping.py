"""Keeping bytes as they are, because they came from outside and must not be lost."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile

from keepwell.files.content import keep
from keepwell.files.models import Attachment, Blob, ScanState
from keepwell.files.names import safe_name
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock_key
from keepwell.people import permits

MEDIA_TYPE = "message/rfc822"


@all_or_nothing()
def keep_mail(content: bytes, *, name: str, by: Actor, at: datetime | None = None) -> Attachment:
    """The mail is kept byte for byte, whatever is in it and however large; it is scanned a little later.

    Nothing is refused: what a scanner finds is handed out to nobody, and is there. Effects: file.stored.
    Errors: OSError where the disk has no room.
    """
    permits.require(by, "file.add")
    at = clock.instant(at)
    sha256 = hashlib.sha256(content).hexdigest()
    # Taken before the look at the disk: the cleaning job takes it too before it empties a place.
    lock_key(sha256)
    defaults = {"size": len(content), "stored_at": at, "scan_state": ScanState.UNSCANNED}
    blob, _is_new = Blob.objects.get_or_create(sha256=sha256, defaults=defaults)
    keep(sha256, ContentFile(content))
    kind, identity = by.actor_ref
    attachment = Attachment.objects.create(
        blob=blob,
        name=safe_name(name),
        media_type=MEDIA_TYPE,
        size=blob.size,
        uploaded_by_kind=kind,
        uploaded_by_id=identity,
        created_at=at,
    )
    facts = {"size": blob.size, "media_type": MEDIA_TYPE, "scan_state": str(ScanState(blob.scan_state))}
    record("file.stored", by=by, at=at, subjects=[("file", attachment.pk)], facts=facts)
    return attachment
