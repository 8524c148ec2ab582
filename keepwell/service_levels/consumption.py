"""How much of its allowance a clock has used: 1 is the due, whatever the allowance and whatever moved it.

Time is counted in the measure of the allowance that set the due: hours on the wall clock, or open time. Time
in which it stood still is taken off, from what was used and from what was allowed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from math import inf, nextafter
from typing import NamedTuple

from keepwell.calendars.working_time import WorkingTime
from keepwell.service_levels.clock_facts import Span
from keepwell.service_levels.clock_state import VOID, ClockState

WALL = "hours"
HOUR_SECONDS = 3600
# The least that is more than the due. A miss may stop while the desk is closed, when no open time has passed
# since the due.
BEYOND = nextafter(1.0, 2.0)


class Consumption(NamedTuple):
    """What a clock has used, of what.

    allowed_seconds: from start to due; paused_seconds: of the pauses that have ended; both in the measure of
    the allowance, and the pauses taken off the first. used, used_without_pauses: parts of the allowance when
    it ceased to be open, the second as if it had never stood still; None while it is open, and for a void
    clock.
    """

    allowed_seconds: int
    paused_seconds: int
    used: float | None
    used_without_pauses: float | None


class Begun(NamedTuple):
    """A clock that runs, as far as it matters for what it uses: see `Consumption`."""

    unit: str
    started_at: datetime
    allowed_seconds: int
    paused_seconds: int


def consumption(clock: ClockState, hours: WorkingTime) -> Consumption:
    """`hours` are those of the calendar version that the clock keeps."""
    if clock.ended_at is None or clock.state == VOID:
        return consumption_at(clock, hours, clock.started_at)._replace(used=None, used_without_pauses=None)
    return consumption_at(clock, hours, clock.ended_at)


def consumption_at(clock: ClockState, hours: WorkingTime, at: datetime) -> Consumption:
    """The same for a clock that is open, as of an instant up to which it was replayed; or where it ended."""
    measure = _Measure(hours, clock.allowance.unit)
    due = clock.due_at or clock.due_kept or clock.started_at
    allowed = measure.between(clock.started_at, due) - measure.within(clock.pauses, clock.started_at, due)
    paused = measure.within(clock.pauses, clock.started_at, clock.ended_at)
    free_due = clock.due_without_pauses
    return Consumption(
        allowed,
        paused,
        part(
            measure.between(clock.started_at, clock.paused_at or at) - paused,
            allowed,
            is_late=clock.missed_at is not None,
        ),
        part(
            measure.between(clock.started_at, at),
            measure.between(clock.started_at, free_due),
            is_late=at > free_due,
        ),
    )


def used_by(at: datetime, begun: Begun, hours: WorkingTime) -> float:
    """The part that a clock has used by an instant while it runs; beyond its due more than 1, without end.

    An allowance of nothing counts as one of an hour.
    """
    spent = _Measure(hours, begun.unit).between(begun.started_at, at) - begun.paused_seconds
    return max(spent, 0) / (begun.allowed_seconds or HOUR_SECONDS)


def part(spent: int, allowed: int, *, is_late: bool) -> float:
    """The part used: at most 1 in time, more than 1 when late.

    Of an allowance of nothing (a due in closed hours, at the very start) all is used in time, and infinitely
    much when late.
    """
    if allowed <= 0:
        return inf if is_late else 1.0
    return max(spent / allowed, BEYOND) if is_late else min(spent / allowed, 1.0)


class _Measure:
    """Seconds in the measure of a unit."""

    def __init__(self, hours: WorkingTime, unit: str) -> None:
        self._hours = None if unit == WALL else hours

    def between(self, start: datetime, end: datetime) -> int:
        """0 where the end lies before the start."""
        if end <= start:
            return 0
        if self._hours is None:
            return int((end - start).total_seconds())
        return self._hours.open_seconds(start, end)

    def within(self, spans: Iterable[Span], start: datetime, end: datetime | None) -> int:
        """How much of the spans lies between two instants; an end of None is no end."""
        return sum(
            self.between(max(begins, start), ends if end is None else min(ends, end))
            for begins, ends in spans
        )
