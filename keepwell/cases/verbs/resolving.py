"""The problem is solved, as far as we know."""

from __future__ import annotations

from datetime import datetime

from keepwell.cases.changing import change, into
from keepwell.cases.ending import end_work, turns_of
from keepwell.cases.locking import lock_for, person_id
from keepwell.cases.models import Case, Closure
from keepwell.cases.reopening_window import reopenable_until
from keepwell.cases.resolution import Resolution
from keepwell.cases.states import State
from keepwell.journal.recording import Actor
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing


@all_or_nothing()
def resolve(
    case: Case, resolution: Resolution, *, seen: int | None = None, by: Actor, at: datetime | None = None
) -> Case:
    """The case is solved, and may be reopened until its window ends. A hand-off nobody answered lapses.

    Effects: case.resolved. Errors: CaseHasChanged, NotNow, NotPermitted.
    """
    locked = lock_for("resolve", case, permit="case.resolve", by=by, seen=seen)
    return resolve_locked(locked, resolution, by=by, at=clock.instant(at))


def resolve_locked(case: Case, resolution: Resolution, *, by: Actor, at: datetime) -> Case:
    """The same for a case that is locked and stands so; whoever asked was permitted when he asked."""
    ended = end_work(case, at)
    Closure.objects.create(
        case=case,
        how=resolution.how,
        root_cause=resolution.root_cause,
        ended_by_id=person_id(by),
        ended_at=at,
        **turns_of(case, at),
    )
    until_at = reopenable_until(case, at)
    return change(
        case,
        "case.resolved",
        by=by,
        at=at,
        facts={"how": str(resolution.how), "message": resolution.message, "reopenable_until": until_at},
        columns={**ended, **into(State.RESOLVED, at), "resolved_at": at, "reopenable_until_at": until_at},
    )
