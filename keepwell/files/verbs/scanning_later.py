"""Scanning what could not be scanned when it came in."""

from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings

from keepwell.files.content import open_content
from keepwell.files.models import Attachment, Blob, ScanState
from keepwell.files.scanning import scan
from keepwell.journal.recording import record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people.actors import System

log = logging.getLogger(__name__)

SCANNER = System("files")
WAITING = (ScanState.UNSCANNED, ScanState.NO_SCANNER)
AT_ONCE = 100


def scan_what_waits(*, at: datetime | None = None) -> int:
    """Scans what has no verdict yet, as long as the scanner answers; gives how many now have one.

    An infected file is handed out to nobody from now on. Effects: file.scanned for each.
    """
    scanned = 0
    if not settings.KEEPWELL_SCANNER:
        return scanned
    for blob in Blob.objects.filter(scan_state__in=WAITING).order_by("pk")[:AT_ONCE]:
        verdict = _verdict(blob)
        if verdict is None:
            continue
        if verdict == ScanState.UNSCANNED:
            break
        _keep_verdict(blob, verdict, clock.instant(at))
        scanned += 1
    return scanned


def _verdict(blob: Blob) -> ScanState | None:
    """None where the content is gone from the disk, which must not hold up the others."""
    try:
        with open_content(blob.sha256) as file:
            return scan(file.read())
    except FileNotFoundError:
        log.error("the content of blob %s is not on the disk", blob.pk)
        return None


@all_or_nothing()
def _keep_verdict(blob: Blob, verdict: ScanState, at: datetime) -> None:
    lock(blob)
    blob.scan_state, blob.scanned_at = verdict, at
    blob.save(update_fields=["scan_state", "scanned_at"])
    files = Attachment.objects.filter(blob=blob).values_list("pk", flat=True)
    record(
        "file.scanned",
        by=SCANNER,
        at=at,
        subjects=[("file", identity) for identity in files],
        facts={"scan_state": str(verdict)},
    )
