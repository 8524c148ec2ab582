"""What was sent, as its sender knows it: kept beside the mail servers, and not in our tables."""

from __future__ import annotations

import hashlib
import imaplib
import re
import smtplib
from dataclasses import dataclass, field
from random import Random

from tests.dovecot import ADDRESS, Dovecot, _free_port

SENDERS = 200
ANSWERS_WITHIN_SECONDS = 60
TOKEN = re.compile(r"ledger-\d+-\d+")


@dataclass
class Ledger:
    """`sent` maps each mail's token, which stands in its words, to the sha256 of its bytes.

    `unanswered` are mails that were handed to the worker itself, at `door`, and may or may not be kept:
    each comes once more until it is answered for. `answered` are the sha256 of those that were.
    """

    server: Dovecot
    random: Random
    run: int
    sent: dict[str, str] = field(default_factory=dict)
    unanswered: dict[str, bytes] = field(default_factory=dict)
    answered: list[str] = field(default_factory=list)
    door: int = field(default_factory=_free_port)

    def send(self, count: int) -> None:
        """So many more, written down once the mail server has taken them."""
        with self.server.signed_in() as client:
            for _each in range(count):
                token = self._next()
                raw = self._mail(token)
                answer, words = client.append("INBOX", None, None, raw)  # type: ignore[arg-type]
                if answer != "OK":
                    raise RuntimeError(f"the mail server takes no mail: {words!r}")
                self.sent[token] = hashlib.sha256(raw).hexdigest()

    def hand_over(self) -> bool:
        """One by LMTP: the one that was not answered for, else another. Whether it was answered for."""
        token = next(iter(self.unanswered), None) or self._next()
        raw = self.unanswered.setdefault(token, self._mail(token))
        try:
            with smtplib.LMTP("127.0.0.1", self.door, timeout=ANSWERS_WITHIN_SECONDS) as client:
                client.sendmail("sender@town.example", [ADDRESS], raw)
        except (OSError, smtplib.SMTPException):
            return False
        self.sent[token] = hashlib.sha256(self.unanswered.pop(token)).hexdigest()
        self.answered.append(self.sent[token])
        return True

    def told_as_read(self) -> list[str]:
        """The sha256 of every mail that we told the mail server we have."""
        with self.server.signed_in() as client:
            client.select("INBOX", readonly=True)
            _answer, found = client.uid("search", "SEEN")
            uids = found[0].split() if found and found[0] else []
            return [self._sha256(client, uid) for uid in uids]

    def number_anew(self) -> None:
        """The mail server forgets how it numbered its mails, as after a restore: another UIDVALIDITY."""
        self.server.stop()
        for path in (self.server.folder / "mail" / ADDRESS).glob("dovecot*"):
            path.unlink()
        self.server.start()

    def _next(self) -> str:
        return f"ledger-{self.run}-{len(self.sent) + len(self.unanswered)}"

    def _mail(self, token: str) -> bytes:
        sender = self.random.randrange(SENDERS)
        lines = "\r\n".join(f"Line {line} of {token}." for line in range(self.random.randrange(1, 40)))
        return (
            f"From: Person {sender} <person{sender}@town{sender % 40}.example>\r\nTo: {ADDRESS}\r\n"
            f"Subject: The printer is silent\r\nMessage-ID: <{token}@town.example>\r\n"
            f"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{lines}\r\n"
        ).encode()

    def _sha256(self, client: imaplib.IMAP4, uid: bytes) -> str:
        _answer, found = client.uid("fetch", uid.decode(), "(BODY.PEEK[])")
        return hashlib.sha256(found[0][1]).hexdigest()
