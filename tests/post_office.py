"""The mail servers of the world between us and a customer: takes mail by SMTP, lays it into mailboxes.

Each mailbox is one of a real Dovecot, reached by LMTP. Who receives is told how far the sender is proven,
as a provider's server does (RFC 8601): what stands in the From line is compared with who handed the mail in.
"""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any, cast

from aiosmtpd.smtp import SMTP, Envelope, Session

from keepwell.outbox.tests.postbox import Postbox, Server
from tests.dovecot import Dovecot


@dataclass(kw_only=True)
class PostOffice(Postbox):
    """`says_nothing`: it hands on what it got, and whoever receives it learns nothing of its sender."""

    dovecot: Dovecot
    host: str
    says_nothing: bool = False
    laid: list[str] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        self._lay(self.arrived[-1].sender, envelope.rcpt_tos, self.arrived[-1].content)
        return answer

    def submit(self, mail: EmailMessage, *, sender: str, to: str) -> None:
        """Somebody's mail program hands it in, signed in as `sender`, whatever the mail says of itself."""
        with smtplib.SMTP("127.0.0.1", self.port) as smtp:
            smtp.send_message(mail, from_addr=sender, to_addrs=[to])

    def mailbox(self, address: str) -> list[EmailMessage]:
        """What lies in somebody's mailbox, the oldest first, read by IMAP."""
        with self.dovecot.signed_in(address) as client:
            client.select("INBOX", readonly=True)
            _answer, found = client.search(None, "ALL")
            fetched = [client.fetch(number, "(RFC822)")[1][0] for number in found[0].split()]
        return [_read(cast(tuple[bytes, bytes], each)[1]) for each in fetched]

    def clear_out(self, address: str) -> None:
        """Nothing lies in this mailbox any more."""
        with self.dovecot.signed_in(address) as client:
            _answer, mails = client.select("INBOX")
            if mails != [b"0"]:
                client.store("1:*", "+FLAGS", "(\\Deleted)")
                client.expunge()

    def _lay(self, sender: str, recipients: list[str], raw: bytes) -> None:
        said = b"" if self.says_nothing else self._proof(sender, raw)
        with smtplib.LMTP("127.0.0.1", self.dovecot.lmtp) as lmtp:
            lmtp.sendmail(sender, recipients, said + raw)
        self.laid += recipients

    def _proof(self, sender: str, raw: bytes) -> bytes:
        author = parseaddr(str(_read(raw)["From"]))[1].rpartition("@")[2]
        verdict = "pass" if author == sender.rpartition("@")[2] else "fail"
        return f"Authentication-Results: {self.host}; dmarc={verdict} header.from={author}\r\n".encode()


@contextmanager
def open_post_office(dovecot: Dovecot, host: str, **given: Any) -> Iterator[PostOffice]:
    office = PostOffice(dovecot=dovecot, host=host, **given)
    server = Server(office)
    server.start()
    try:
        yield office
    finally:
        server.stop()


def _read(raw: bytes) -> EmailMessage:
    return cast(EmailMessage, message_from_bytes(raw, policy=policy.default))
