"""What somebody of ours wrote above a customer's mail that he passed on, is for us alone."""

from __future__ import annotations

from datetime import datetime

from keepwell.cases.models import Case
from keepwell.cases.verbs.noting import add_note
from keepwell.channels.email.findings import Read
from keepwell.conversations.words import Words
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people.models import User


@all_or_nothing()
def note_of_forwarder(case: Case, read: Read, forwarder: int | None, *, at: datetime | None = None) -> None:
    """His words stand as his note at the case. None where he wrote nothing. Effects: note.added."""
    passed_on = read.said.forwarded if read.said else None
    if passed_on is None or forwarder is None or not passed_on.comment:
        return
    writer = User.objects.get(pk=forwarder)
    add_note(case, Words(body=passed_on.comment), by=writer, at=at)
