"""What a changed calendar would do: open time day by day, and how far dues of new promises move."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from keepwell.calendars.working_time import WorkingTime


@dataclass(frozen=True, kw_only=True)
class Day:
    """One local date of a calendar; `spells` are its openings in UTC, none when closed."""

    on: date
    spells: tuple[tuple[datetime, datetime], ...]
    is_exception: bool

    @property
    def open_for(self) -> timedelta:
        return sum((closes - opens for opens, closes in self.spells), timedelta())


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What an allowance begun at `start` would do: due before and after the change."""

    start: datetime
    before: datetime
    after: datetime


def year_ahead(hours: WorkingTime, first: date, days: int = 366) -> list[Day]:
    """The days from `first` on, in order."""
    exceptions = {on for on, _intervals in hours.hours.exceptions}
    return [
        Day(on=on, spells=hours.intervals_on(on), is_exception=on in exceptions)
        for on in (first + timedelta(days=number) for number in range(days))
    ]


def changed_days(
    before: WorkingTime, after: WorkingTime, first: date, days: int = 366
) -> list[tuple[Day, Day]]:
    """The dates whose open time differs, as pairs before and after, in order."""
    pairs = zip(year_ahead(before, first, days), year_ahead(after, first, days), strict=True)
    return [(old, new) for old, new in pairs if old.spells != new.spells]


def moved_dues(
    before: WorkingTime,
    after: WorkingTime,
    starts: Iterable[datetime],
    *,
    amount: object,
    unit: str,
) -> list[Moved]:
    """The starts whose due would differ under the changed calendar, in the order given."""
    dues = (
        Moved(start=start, before=before.due(start, amount, unit), after=after.due(start, amount, unit))
        for start in starts
    )
    return [moved for moved in dues if moved.before != moved.after]
