"""What counts as a change of a case, and what changed since a version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from keepwell.journal.models import Entry

if TYPE_CHECKING:
    from keepwell.cases.models import Case

# A message that came, left or failed changes its case; one being written, a note or a deadline does not.
CHANGING_MESSAGES = ("message.received", "message.sent", "message.failed")
CHANGING = Q(kind__startswith="case.") | (Q(kind__in=CHANGING_MESSAGES) & ~Q(facts__automatic=True))


def changes_since(case: Case, version: int) -> list[Entry]:
    """The changes of the case after that version, oldest first: its version is how many there were."""
    return list(Entry.objects.about("case", case.pk).filter(CHANGING)[max(version, 0) :])
