"""Whether a line was news: by what the journal tells of its subject."""

from __future__ import annotations

from keepwell.imports.report import Outcome
from keepwell.journal.models import EntrySubject


def told_of(noun: str, identity: int) -> int:
    """How many entries there are about it."""
    return EntrySubject.objects.filter(kind=noun, subject_id=identity).count()


def outcome_since(told: int, noun: str, identity: int) -> Outcome:
    return Outcome.CHANGED if told_of(noun, identity) > told else Outcome.UNCHANGED
