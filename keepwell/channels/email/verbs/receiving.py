"""A mail is taken: raw, whole, and before anybody looks into it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from keepwell.channels.email.arrivals import Arrival, require_takeable
from keepwell.channels.jobs import BACKLOG, understand_mail
from keepwell.channels.models import InboundMail, Mailbox
from keepwell.files.verbs.keeping import keep_mail
from keepwell.journal.recording import record
from keepwell.kit import clock, faults
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people.actors import System

BY = System("email")
# A file costs two waits for the disk, 12 ms together on a small server; a row goes with the commit.
IN_ROW_BYTES = 256 * 1024
# Whoever took it puts its job into the queue; looked for if that job never ran.
LOOKED_FOR_AFTER = timedelta(minutes=2)

# One statement says whether the mail is new, and keeps it: asking beforehand, and locking what is not there
# yet, took a third of the time.
WRITE = """
    INSERT INTO keepwell_channels_rawmail (mailbox_id, sha256, size, content, file_id, came_by, remote_id,
        envelope_sender, envelope_recipients, received_at)
    VALUES (%(mailbox)s, %(sha256)s, %(size)s, %(content)s, %(file)s, %(came_by)s, %(remote_id)s,
        %(sender)s, %(recipients)s::jsonb, %(at)s)
    ON CONFLICT DO NOTHING RETURNING id
"""


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
    kept = None if _is_known_file(raw, mailbox, sha256) else _kept(raw, sha256, mailbox, came, at)
    if kept is None:
        return _known(mailbox, sha256).get()
    mail = InboundMail.objects.create(raw_id=kept, changed_at=at, try_again_at=clock.now() + LOOKED_FOR_AFTER)
    understand_mail.configure(priority=BACKLOG if came.is_backlog else 0).defer(mail=mail.pk)
    facts = {"mailbox": mailbox.pk, "size": len(raw), "came_by": str(came.came_by)}
    record("inbound_mail.received", by=BY, at=at, subjects=[("inbound_mail", mail.pk)], facts=facts)
    faults.hit("receive.written")
    return mail


@all_or_nothing()
def receive_mails(
    mails: Iterable[tuple[bytes, Arrival]], mailbox: Mailbox, *, at: datetime | None = None
) -> list[InboundMail]:
    """Several at once, all or none: one commit is what most of the time goes into."""
    return [receive_mail(raw, mailbox, came, at=at) for raw, came in mails]


def _known(mailbox: Mailbox, sha256: str) -> QuerySet[InboundMail]:
    return InboundMail.objects.filter(raw__mailbox=mailbox, raw__sha256=sha256)


def _is_known_file(raw: bytes, mailbox: Mailbox, sha256: str) -> bool:
    """Asked for large mails only, before a file is written; of the others the table itself says it."""
    return len(raw) > IN_ROW_BYTES and _known(mailbox, sha256).exists()


def _kept(raw: bytes, sha256: str, mailbox: Mailbox, came: Arrival, at: datetime) -> int | None:
    """The id of its row; None where the mailbox has these bytes already."""
    is_small = len(raw) <= IN_ROW_BYTES
    row = {
        "mailbox": mailbox.pk,
        "sha256": sha256,
        "size": len(raw),
        "content": raw if is_small else None,
        "file": None if is_small else keep_mail(raw, name="original.eml", by=BY, at=at).pk,
        "came_by": str(came.came_by),
        "remote_id": came.remote_id,
        "sender": _plain(came.envelope_sender),
        "recipients": json.dumps([_plain(address) for address in came.envelope_recipients]),
        "at": at,
    }
    kept = _written(row)
    if kept is None and came.remote_id and not _known(mailbox, sha256).exists():
        # A server that names two alike shall not cost one of them.
        kept = _written({**row, "remote_id": ""})
    return kept


def _written(row: dict[str, Any]) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(WRITE, row)
        return next((int(identity) for (identity,) in cursor.fetchall()), None)


def _plain(address: str) -> str:
    return address.replace("\x00", "").strip()[:320]
