"""What ends with the work on a case, whichever way it ended."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from keepwell.cases.models import Case, Closure, Escalation, Snooze
from keepwell.cases.staying import leave
from keepwell.cases.words import HandOffState


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


def void_closure(case: Case, at: datetime) -> None:
    """The way it ended no longer holds, and stays to be read."""
    for closure in Closure.objects.filter(case=case, reopened_at__isnull=True):
        closure.reopened_at = max(at, closure.ended_at)
        closure.save(update_fields=["reopened_at"])
