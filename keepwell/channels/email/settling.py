"""What became of a mail, written down on it."""

from __future__ import annotations

from datetime import datetime

from keepwell.channels.email.findings import Read
from keepwell.channels.email.outcome import Outcome
from keepwell.channels.email.parsed import as_json
from keepwell.channels.email.understanding.naming import thread_of
from keepwell.channels.models import InboundMail


def settle(mail: InboundMail, read: Read, outcome: Outcome, at: datetime) -> None:
    """Within the change that made it so; that one holds the lock and records the entry."""
    mail.state, mail.decision, mail.why = outcome.state, outcome.decision, outcome.why
    mail.case, mail.message = outcome.case, outcome.message
    mail.contact_id, mail.proof = outcome.contact, outcome.proof
    mail.parsed = as_json(read.said) if read.said else None
    mail.own_id = read.said.message_id if read.said else ""
    mail.thread = thread_of(read.said.thread_index) if read.said else ""
    mail.left_out = list(read.left_out)
    mail.try_again_at, mail.changed_at = None, at
    mail.save()
