"""Telling that a promise is about to run out, or was missed: each once, by a row under a constraint.

Of an imported case nobody is told: what another desk missed is no news here, and stands in its clocks.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from keepwell.journal.recording import record
from keepwell.people.actors import System
from keepwell.service_levels.clock_state import ClockState
from keepwell.service_levels.models import Clock, Passing

BY = System("clock")
# Told later than this after the instant, the entry says so: the worker was away.
TELLS_WITHIN = timedelta(minutes=5)


def tell_missed(clocks: Iterable[Clock], *, at: datetime) -> int:
    """Tells those of a case's clocks that were missed and not told yet. Effects: clock.missed each."""
    missed = (clock for clock in clocks if clock.missed_at is not None)
    return sum(_tell("clock.missed", Passing.What.MISSED, clock, clock.missed_at, at) for clock in missed)


def tell_warned(clock: Clock, *, at: datetime) -> int:
    """Tells that a clock is due soon. Effects: clock.warned, unless it was told for this due."""
    return _tell("clock.warned", Passing.What.WARNED, clock, clock.warn_at, at)


def _tell(kind: str, what: str, clock: Clock, happened_at: datetime | None, at: datetime) -> int:
    due_at = clock.missed_at or clock.due_at
    if due_at is None or happened_at is None:
        return 0
    _passing, is_new = Passing.objects.get_or_create(
        case_id=clock.case_id,
        metric=clock.metric,
        started_by=clock.started_by,
        what=what,
        due_at=due_at,
        defaults={"fired_at": at},
    )
    if is_new and not clock.case.is_imported:
        _record(kind, clock, due_at, happened_at=happened_at, at=at)
    return int(is_new)


def facts_of(clock: Clock | ClockState, due_at: datetime) -> dict[str, Any]:
    """What an entry about this clock's warning or miss says of it."""
    return {
        "metric": clock.metric,
        "severity": clock.severity,
        "started_by": clock.started_by,
        "due_at": due_at.isoformat(),
    }


def _record(kind: str, clock: Clock, due_at: datetime, *, happened_at: datetime, at: datetime) -> None:
    facts = facts_of(clock, due_at)
    if kind == "clock.missed":
        facts["late"] = at - happened_at > TELLS_WITHIN
    subjects = [("case", clock.case_id)]
    if clock.case.account_id:
        subjects.append(("account", clock.case.account_id))
    record(kind, by=BY, at=happened_at, subjects=subjects, facts=facts)
