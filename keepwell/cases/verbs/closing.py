"""A solved case is done with."""

from __future__ import annotations

from datetime import datetime

from keepwell.cases.changing import change, into
from keepwell.cases.locking import lock_for
from keepwell.cases.models import Case
from keepwell.cases.states import State
from keepwell.journal.recording import Actor
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing


@all_or_nothing()
def close(case: Case, *, seen: int | None = None, by: Actor, at: datetime | None = None) -> Case:
    """The solved case is closed; within its window it can still be reopened. Effects: case.closed.

    Errors: CaseHasChanged, NotNow, NotPermitted.
    """
    locked = lock_for("close", case, permit="case.close", by=by, seen=seen)
    at = clock.instant(at)
    return change(locked, "case.closed", by=by, at=at, columns={**into(State.CLOSED, at), "closed_at": at})
