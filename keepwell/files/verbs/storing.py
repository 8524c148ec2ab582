"""Taking in a file."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile

from keepwell.files import content, refusals
from keepwell.files.drafts import Draft
from keepwell.files.kinds import HEAD_BYTES, Kind, is_program, kind_of
from keepwell.files.models import Attachment, Blob, ScanState
from keepwell.files.names import safe_name
from keepwell.files.refusals import FileRefused
from keepwell.files.scanning import scan
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock_key
from keepwell.people import permits

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class _Examined:
    name: str
    body: bytes
    sha256: str
    kind: Kind
    scan_state: ScanState


def store(
    upload: File[bytes], *, by: Actor, draft: Draft | None = None, at: datetime | None = None
) -> Attachment:
    """The file is kept, safe on the disk, under a name made safe; in a draft, until that is sent.

    Called outside a transaction, so that a refusal is recorded although nothing is kept.
    Effects: file.stored, or file.refused. Errors: FileRefused: empty, too large, too many, a program, a
    virus, did not arrive whole, no room on the disk.
    """
    permits.require(by, "file.add")
    at = clock.instant(at)
    try:
        return _kept(_examined(upload), by=by, draft=draft, at=at)
    except FileRefused as refusal:
        _record_refusal(refusal, upload, by=by, at=at)
        raise


def _examined(upload: File[bytes]) -> _Examined:
    name = safe_name(upload.name or "")
    _refuse_size(name, upload.size)
    body = _read(name, upload)
    head = body[:HEAD_BYTES]
    if is_program(name, head):
        raise refusals.program(name)
    scan_state = scan(body)
    if scan_state == ScanState.INFECTED:
        raise refusals.virus(name)
    return _Examined(
        name=name,
        body=body,
        sha256=hashlib.sha256(body).hexdigest(),
        kind=kind_of(name, head),
        scan_state=scan_state,
    )


def _refuse_size(name: str, size: int) -> None:
    megabytes = settings.KEEPWELL_FILE_MEGABYTES
    if size == 0:
        raise refusals.empty(name)
    if size > megabytes * refusals.MEGABYTE:
        raise refusals.too_large(name, megabytes)


def _read(name: str, upload: File[bytes]) -> bytes:
    try:
        upload.seek(0)
        body = upload.read()
    except (OSError, ValueError):
        raise refusals.not_read(name) from None
    if len(body) != upload.size:
        raise refusals.not_read(name)
    return body


@all_or_nothing()
def _kept(examined: _Examined, *, by: Actor, draft: Draft | None, at: datetime) -> Attachment:
    if draft:
        lock_key(draft.key)
        _refuse_too_many(examined.name, draft)
    blob = _blob(examined, at)
    uploaded_by_kind, uploaded_by_id = by.actor_ref
    attachment = Attachment.objects.create(
        blob=blob,
        name=examined.name,
        media_type=examined.kind.media_type,
        size=blob.size,
        uploaded_by_kind=uploaded_by_kind,
        uploaded_by_id=uploaded_by_id,
        draft_key=draft.key if draft else "",
        created_at=at,
    )
    facts = {
        "size": blob.size,
        "media_type": attachment.media_type,
        "scan_state": str(ScanState(blob.scan_state)),
    }
    record("file.stored", by=by, at=at, subjects=[("file", attachment.pk)], facts=facts)
    return attachment


def _blob(examined: _Examined, at: datetime) -> Blob:
    # Taken before the look at the disk: the cleaning job takes it too before it empties a place.
    lock_key(examined.sha256)
    is_scanned = examined.scan_state == ScanState.CLEAN
    blob, _is_new = Blob.objects.get_or_create(
        sha256=examined.sha256,
        defaults={
            "size": len(examined.body),
            "stored_at": at,
            "scan_state": examined.scan_state,
            "scanned_at": at if is_scanned else None,
        },
    )
    if blob.scan_state == ScanState.INFECTED:
        raise refusals.virus(examined.name)
    if is_scanned and blob.scan_state != ScanState.CLEAN:
        blob.scan_state, blob.scanned_at = ScanState.CLEAN, at
        blob.save(update_fields=["scan_state", "scanned_at"])
    _put_on_disk(examined)
    return blob


def _put_on_disk(examined: _Examined) -> None:
    try:
        content.keep(examined.sha256, ContentFile(examined.body))
    except OSError as error:
        log.exception("a file could not be kept: %s", error.strerror)
        raise refusals.not_kept(examined.name) from error


def _refuse_too_many(name: str, draft: Draft) -> None:
    files = settings.KEEPWELL_FILES_PER_MESSAGE
    if Attachment.objects.filter(draft_key=draft.key).count() >= files:
        raise refusals.too_many(name, files)


@all_or_nothing()
def _record_refusal(refusal: FileRefused, upload: File[bytes], *, by: Actor, at: datetime) -> None:
    facts = {"size": upload.size, "reason": refusal.reason}
    record("file.refused", by=by, at=at, subjects=[], facts=facts)
