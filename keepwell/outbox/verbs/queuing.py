"""Asking for a mail to be sent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from email.charset import QP, Charset
from email.utils import format_datetime, parseaddr
from typing import cast
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, SafeMIMEMultipart
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from keepwell.journal.recording import Actor, Subject, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.outbox.backing_off import lasts_for
from keepwell.outbox.composing import Letter, composed
from keepwell.outbox.models import URGENCY, Outgoing, Purpose
from keepwell.outbox.queries import brand

# Only ASCII leaves: every mail server on the way takes it as it is.
SEVEN_BIT = Charset("utf-8")
SEVEN_BIT.body_encoding = QP

MESSAGE_ID = re.compile(r"<[^<>@\s]+@[^<>@\s]+>\Z")


class AddressRefused(ValueError):
    """No mail can be sent to this address; `str()` names it."""


@all_or_nothing()
def send_letter(letter: Letter, *, by: Actor, at: datetime | None = None) -> list[Outgoing]:
    """Writes a mail from a template and has it sent. Effects: mail.queued. Errors: AddressRefused."""
    message = composed(letter, letter.brand or brand())
    purpose, about, good_for = letter.purpose, letter.about, letter.good_for
    return enqueue(message, purpose=purpose, about=about, good_for=good_for, by=by, at=at)


@all_or_nothing()
def enqueue(
    message: EmailMessage,
    *,
    purpose: str,
    about: Iterable[Subject] = (),
    good_for: timedelta | None = None,
    by: Actor,
    at: datetime | None = None,
) -> list[Outgoing]:
    """The mail leaves once this transaction commits; one row for each of its recipients.

    `about` are the (noun, id) pairs that entries about the mail are found under. After `good_for` nobody
    tries any more; None: five days, a quarter of an hour for a code.
    Effects: mail.queued for each. Errors: AddressRefused; BadHeaderError where a header holds a line break.
    """
    at = clock.instant(at)
    recipients = [_address(written) for written in message.recipients()]
    if not recipients:
        return []
    _finish(message, Purpose(purpose), at)
    rows = _rows(message, recipients, Purpose(purpose), at)
    for row in rows:
        row.about = [list(pair) for pair in about]
        row.lasts_for = lasts_for(purpose) if good_for is None else good_for
    written = Outgoing.objects.bulk_create(rows)
    for row in written:
        facts = {"outgoing": row.pk, "purpose": row.purpose}
        record("mail.queued", by=by, at=at, subjects=row.subjects, facts=facts)
    app.configure_task("outbox.deliver").defer()
    return written


def _rows(message: EmailMessage, recipients: list[str], purpose: Purpose, at: datetime) -> list[Outgoing]:
    built = cast(SafeMIMEMultipart, message.message())
    if built.is_multipart():
        # By chance, so that no text can hold it; the library would search the whole mail with a new pattern.
        built.set_boundary(f"=_{uuid4().hex}")
    raw = built.as_bytes(linesep="\r\n")
    return [
        Outgoing(
            to_address=recipient,
            subject=message.subject[:998],
            raw=raw,
            message_id=message.extra_headers["Message-ID"],
            return_path=_address(message.from_email),
            purpose=purpose,
            urgency=URGENCY[purpose],
            created_at=at,
            queued_at=at,
            next_attempt_at=at,
        )
        for recipient in dict.fromkeys(recipients)
    ]


def _finish(message: EmailMessage, purpose: Purpose, at: datetime) -> None:
    """What every mail carries: an id that stays through all tries, its date, whether a machine wrote it."""
    message.encoding = SEVEN_BIT
    headers = message.extra_headers
    if not MESSAGE_ID.match(headers.get("Message-ID", "")):
        headers["Message-ID"] = f"<{uuid4().hex}@{_address(message.from_email).rpartition('@')[2]}>"
    headers.setdefault("Date", format_datetime(at))
    if purpose is not Purpose.REPLY:
        headers["Auto-Submitted"] = "auto-replied" if purpose is Purpose.RECEIPT else "auto-generated"
        headers["X-Auto-Response-Suppress"] = "All"


def _address(written: str) -> str:
    """The bare address, its domain as mail servers know it. Errors: AddressRefused."""
    _name, address = parseaddr(str(written))
    local, _at, domain = address.rpartition("@")
    try:
        plain = f"{local}@{domain.encode('idna').decode('ascii')}"
        validate_email(plain)
    except (ValidationError, UnicodeError) as error:
        raise AddressRefused(
            _("No mail can be sent to %(address)s: this is no address.") % {"address": written}
        ) from error
    return plain
