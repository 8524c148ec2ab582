"""The customer needs nothing any more."""

from __future__ import annotations

from datetime import datetime

from keepwell.cases.changing import change, into
from keepwell.cases.ending import end_work
from keepwell.cases.locking import lock_for
from keepwell.cases.models import Case, Closure
from keepwell.cases.reopening_window import reopenable_until
from keepwell.cases.states import State
from keepwell.cases.words import How
from keepwell.journal.recording import Actor
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing


@all_or_nothing()
def withdraw(case: Case, *, seen: int | None = None, by: Actor, at: datetime | None = None) -> Case:
    """The customer takes his case back, and may reopen it until its window ends. Effects: case.withdrawn.

    Errors: CaseHasChanged, NotNow, NotPermitted for staff: it is the customer's to say.
    """
    locked = lock_for("withdraw", case, permit="case.withdraw", by=by, seen=seen)
    at = clock.instant(at)
    ended = end_work(locked, at)
    Closure.objects.create(case=locked, how=How.WITHDRAWN, ended_at=at)
    until_at = reopenable_until(locked, at)
    return change(
        locked,
        "case.withdrawn",
        by=by,
        at=at,
        facts={"reopenable_until": until_at},
        columns={**ended, **into(State.CLOSED, at), "closed_at": at, "reopenable_until_at": until_at},
    )
