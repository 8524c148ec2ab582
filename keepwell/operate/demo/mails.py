"""What comes by mail at the end of the demonstration: a problem, a stranger's, an absence, one not proven.

Each goes the whole way of a mail: kept byte for byte, then read by the worker in a child.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr

from keepwell.cases.models import Case
from keepwell.channels.email.arrivals import Arrival, mailbox_at
from keepwell.channels.email.verbs.receiving import receive_mail
from keepwell.operate.demo import cast
from keepwell.operate.demo.furnishing import contact_email, contact_name, domain_of

# (account, contact) of whoever asks, and of whoever is away.
ASKING, AWAY = (0, 1), (2, 1)
STRANGERS_ACCOUNT = 3


@dataclass(frozen=True, kw_only=True)
class Letter:
    """`words` is one of cast.LETTERS; `number` is said in the subject, as an answer to that case would."""

    author: str
    name: str
    words: str
    number: int | None = None

    def as_bytes(self, sent_at: datetime) -> bytes:
        """The same bytes for the same instant: taken twice, it is one mail."""
        subject, text, html = cast.LETTERS[self.words]
        own_id = hashlib.sha256(f"{self.words} {sent_at}".encode()).hexdigest()[:24]
        mail = EmailMessage()
        mail["From"] = formataddr((self.name, self.author))
        mail["To"] = cast.SENDER
        mail["Subject"] = f"Re: {subject} [#{self.number}]" if self.number else subject
        mail["Date"] = format_datetime(sent_at)
        mail["Message-ID"] = f"<{own_id}@{self.author.partition('@')[2]}>"
        if self.words == "absence":
            mail["Auto-Submitted"] = "auto-replied"
        mail.set_content(text)
        if html:
            mail.add_alternative(html, subtype="html")
            mail.set_boundary(f"part-{own_id}")
        return mail.as_bytes()


def post(at: datetime) -> None:
    """Puts them into the mailbox of the demonstration. Errors: NoSuchMailbox before it was furnished."""
    mailbox = mailbox_at(cast.SENDER)
    for letter in _letters(at):
        receive_mail(letter.as_bytes(at), mailbox, Arrival(envelope_sender=letter.author), at=at)


def _letters(at: datetime) -> Iterator[Letter]:
    yield Letter(author=contact_email(*ASKING), name=contact_name(*ASKING), words="problem")
    yield Letter(author=contact_email(*AWAY), name=contact_name(*AWAY), words="absence")
    stranger = f"front.counter@{domain_of(STRANGERS_ACCOUNT)}"
    yield Letter(author=stranger, name="Front counter", words="stranger")
    # No host proves that it is from the customer whose case it names: it waits beside the case.
    if case := Case.objects.open().filter(opened_at__lt=at).order_by("pk").last():
        who = case.contact
        yield Letter(author=who.email, name=who.name, words="unproven", number=case.number)
