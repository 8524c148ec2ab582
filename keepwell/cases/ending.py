"""What ends with the work on a case, whichever way it ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from keepwell.cases.models import Case, Closure, Escalation, Snooze
from keepwell.cases.staying import leave
from keepwell.cases.turns import Turn, turns_until
from keepwell.cases.words import HandOffState
from keepwell.journal.models import Entry


def end_work(case: Case, at: datetime) -> dict[str, Any]:
    """Its stay ends, nobody has to wake it, and a hand-off that nobody answered lapses.

    Gives the columns of the case that go with it.
    """
    leave(case, at)
    Snooze.objects.filter(case=case, woken_at__isnull=True).update(woken_at=at)
    Escalation.objects.filter(case=case, state=HandOffState.REQUESTED).update(
        state=HandOffState.LAPSED, ended_at=at
    )
    return {"snoozed_until_at": None}


def turns_of(case: Case, ended_at: datetime) -> dict[Turn, timedelta]:
    """Whose turn it was until then, as the journal tells it now."""
    # All of the case's entries, since by their kinds PostgreSQL would read those of every case where it knows
    # no better, in a new installation say.
    told = Entry.objects.about("case", case.pk).order_by()
    return turns_until(ended_at, told.values_list("kind", "occurred_at"))


def count_turns_again(case: Case, since: datetime) -> None:
    """What was said before the case ended, and came to us only after it, changes whose turn it had been."""
    for closure in Closure.objects.filter(case=case, ended_at__gt=since):
        turns = turns_of(case, closure.ended_at)
        Closure.objects.filter(pk=closure.pk).update(**turns)


def void_closure(case: Case, at: datetime) -> None:
    """The way it ended no longer holds, and stays to be read."""
    for closure in Closure.objects.filter(case=case, reopened_at__isnull=True):
        closure.reopened_at = max(at, closure.ended_at)
        closure.save(update_fields=["reopened_at"])
