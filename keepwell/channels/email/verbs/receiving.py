"""A mail is taken: raw, whole, and before anybody looks into it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from keepwell.channels.email.arrivals import Arrival, require_takeable
from keepwell.channels.jobs import BACKLOG, understand_mail
from keepwell.channels.models import InboundMail, Mailbox, RawMail
from keepwell.files.verbs.keeping import keep_mail
from keepwell.journal.recording import record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock_key
from keepwell.people.actors import System

BY = System("email")
# A file costs two waits for the disk, 12 ms together on a small server; a row goes with the commit.
IN_ROW_BYTES = 256 * 1024
# Whoever took it puts its job into the queue; looked for if that job never ran.
LOOKED_FOR_AFTER = timedelta(minutes=2)


@all_or_nothing()
def receive_mail(raw: bytes, mailbox: Mailbox, came: Arrival, *, at: datetime | None = None) -> InboundMail:
    """The mail is kept byte for byte from the commit on, and is understood in a moment, by a job.

    The same bytes in the same mailbox are one mail, however often they come. Two with one Message-ID and
    other bytes are two: lists add footers, and nobody's id may keep another's mail out. `at` is when it came.
    Effects: inbound_mail.received. Errors: MailRefused; OSError where the disk has no room.
    """
    require_takeable(raw)
    at = clock.instant(at)
    sha256 = hashlib.sha256(raw).hexdigest()
    lock_key(f"mail {mailbox.pk} {sha256}", f"mail {mailbox.pk} {came.remote_id}")
    known = InboundMail.objects.filter(raw__mailbox=mailbox, raw__sha256=sha256).first()
    if known is not None:
        return known
    kept = _kept(raw, sha256, mailbox, came, at)
    mail = InboundMail.objects.create(raw=kept, changed_at=at, try_again_at=clock.now() + LOOKED_FOR_AFTER)
    understand_mail.configure(priority=BACKLOG if came.is_backlog else 0).defer(mail=mail.pk)
    facts = {"mailbox": mailbox.pk, "size": len(raw), "came_by": str(came.came_by)}
    record("inbound_mail.received", by=BY, at=at, subjects=[("inbound_mail", mail.pk)], facts=facts)
    return mail


@all_or_nothing()
def receive_mails(
    mails: Iterable[tuple[bytes, Arrival]], mailbox: Mailbox, *, at: datetime | None = None
) -> list[InboundMail]:
    """Several at once, all or none: one commit is what most of the time goes into."""
    return [receive_mail(raw, mailbox, came, at=at) for raw, came in mails]


def _kept(raw: bytes, sha256: str, mailbox: Mailbox, came: Arrival, at: datetime) -> RawMail:
    is_small = len(raw) <= IN_ROW_BYTES
    return RawMail.objects.create(
        mailbox=mailbox,
        sha256=sha256,
        size=len(raw),
        content=raw if is_small else None,
        file=None if is_small else keep_mail(raw, name="original.eml", by=BY, at=at),
        came_by=came.came_by,
        remote_id=_free(came.remote_id, mailbox),
        envelope_sender=_plain(came.envelope_sender),
        envelope_recipients=[_plain(address) for address in came.envelope_recipients],
        received_at=at,
    )


def _free(remote_id: str, mailbox: Mailbox) -> str:
    """Empty where another mail has it already: a server that names two alike shall not cost one of them."""
    is_taken = remote_id and RawMail.objects.filter(mailbox=mailbox, remote_id=remote_id).exists()
    return "" if is_taken else remote_id


def _plain(address: str) -> str:
    return address.replace("\x00", "").strip()[:320]
