"""What became of a mail, written down on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from keepwell.channels.email.findings import Read
from keepwell.channels.email.outcome import Outcome
from keepwell.channels.email.parsed import ParsedMail, as_json
from keepwell.channels.email.understanding.naming import thread_of
from keepwell.channels.models import InboundMail


def settle(mail: InboundMail, read: Read, outcome: Outcome, at: datetime) -> None:
    """Within the change that made it so; that one holds the lock and records the entry."""
    original = outcome.original
    mail.state, mail.decision, mail.why = outcome.state, outcome.decision, outcome.why
    mail.case, mail.message = outcome.case, outcome.message
    mail.side_thread, mail.side_message = outcome.side_thread, outcome.side_message
    mail.contact_id, mail.proof = outcome.contact, outcome.proof
    mail.parsed = as_json(_as_the_customer_wrote_it(read.said, original)) if read.said else None
    said = original or read.said
    mail.own_id = said.message_id if said else ""
    mail.thread = thread_of(said.thread_index) if said else ""
    mail.left_out = list(read.left_out)
    mail.try_again_at, mail.changed_at = None, at
    mail.save()


def _as_the_customer_wrote_it(said: ParsedMail, original: ParsedMail | None) -> ParsedMail:
    """What is shown and quoted of it is of the mail that one of us passed on: above that he wrote to us.

    What anybody else passes on is a part of his own words.
    """
    if original is None:
        return replace(said, forwarded=None)
    return replace(
        said,
        trimmed_text=original.trimmed_text,
        in_reply_to=original.in_reply_to,
        references=original.references,
        thread_index="",
    )
