"""What a mail server is answered: yes only once the mail is committed. Source: RFC 5321, 2033, 3463."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from aiosmtpd.smtp import Envelope
from django.db import connection

from keepwell.channels.email.arrivals import Arrival, MailRefused
from keepwell.channels.email.verbs.receiving import receive_mail
from keepwell.channels.models import CameBy, Mailbox
from keepwell.kit import faults

log = logging.getLogger(__name__)
KEPT, LATER, NOBODY = "250 2.0.0 Kept", "451 4.3.0 It cannot be kept now. Keep it and try again", "550 5.1.1"
Found = TypeVar("Found")


class Taking:
    """Asked by the server, once for each recipient and once for the mail. One answer a recipient, by LMTP."""

    def __init__(self, *, is_lmtp: bool) -> None:
        self.is_lmtp = is_lmtp

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        try:
            mailbox = await _in_a_thread(lambda: mailbox_of(address))
        except Exception:  # whatever it was, the mail server still has the mail
            log.exception("a recipient could not be looked up")
            return LATER
        if mailbox is None:
            return f"{NOBODY} No mailbox in use here has this address"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        raw = envelope.original_content or b""
        came = Arrival(
            came_by=CameBy.LMTP,
            envelope_sender=envelope.mail_from or "",
            envelope_recipients=tuple(envelope.rcpt_tos),
        )
        answers = [await _in_a_thread(lambda to=to: _taken(raw, to, came)) for to in envelope.rcpt_tos]  # type: ignore[misc]
        return "\r\n".join(answers) if self.is_lmtp else _worst(answers)


def mailbox_of(address: str) -> Mailbox | None:
    """The mailbox in use that the address leads to; what stands behind a plus is for us to read later."""
    local, _at, domain = address.strip().rpartition("@")
    plain = f"{local.partition('+')[0]}@{domain}"
    found = Mailbox.objects.filter(is_in_use=True)
    return found.filter(address__iexact=address).first() or found.filter(address__iexact=plain).first()


def _taken(raw: bytes, to: str, came: Arrival) -> str:
    try:
        mailbox = mailbox_of(to)
        if mailbox is None:
            return f"{NOBODY} No mailbox in use here has this address any more"
        receive_mail(raw, mailbox, came)
    except MailRefused as refused:
        return f"552 5.3.4 {refused}"
    except Exception:  # whatever it was, the mail server still has the mail
        log.exception("a mail could not be taken")
        return LATER
    faults.hit("deliver.committed")
    return KEPT


def _worst(answers: Iterable[str]) -> str:
    """By SMTP there is one answer: yes only if all have it. Tried again, no mailbox has it twice."""
    return max(answers, key=lambda answer: (answer.startswith("4"), answer))


async def _in_a_thread(act: Callable[[], Found]) -> Found:
    def acted() -> Found:
        try:
            return act()
        finally:
            # The thread waits for the next mail, which may be long in coming.
            connection.close()

    return await asyncio.to_thread(acted)
