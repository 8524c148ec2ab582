"""Working time: when a promise in hours or business time falls due, through pauses and clock changes.

A calendar is a time zone, opening intervals by weekday, and dates that differ. Instants are
aware datetimes in any zone and come back in UTC; they are whole seconds, a fraction is
dropped. The units of an allowance:

hours                 elapsed time, day and night
business_hours        open time; due as soon as it has passed, so at a closing rather than the next opening
business_days         the same local time on the n-th business day after the opening's date
end_of_business_day   the last closing of the n-th business day after start's date; 0 is the day itself

A local time skipped by a clock change moves on by the length of the gap, a repeated one is
the first. Questions and answers outside the prepared years are refused, never guessed.
Pure: nothing here reads a clock, a database or a setting.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from typing import Self
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from keepwell.calendars.working_time_allowances import allowance_count
from keepwell.calendars.working_time_arrays import Instants, ManyInstants
from keepwell.calendars.working_time_errors import (
    AllowanceError,
    CalendarError,
    InstantError,
    NeverOpensAgain,
    OutsidePreparedYears,
    WorkingTimeError,
    gettext_noop,
)
from keepwell.calendars.working_time_hours import (
    DAY_SECONDS,
    OpeningHours,
    read_opening_hours,
    zone_named,
)
from keepwell.calendars.working_time_prepared import prepare
from keepwell.calendars.working_time_rules import WorkingTimeRules
from keepwell.calendars.working_time_zones import Seconds

__all__ = [
    "AllowanceError",
    "CalendarError",
    "InstantError",
    "NeverOpensAgain",
    "OutsidePreparedYears",
    "WorkingTime",
    "WorkingTimeError",
]

PREPARED_YEARS = (2000, 2045)
_POSSIBLE_YEARS = range(1970, 2201)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class WorkingTime:
    """One calendar's working time over a span of years.

    A value: equal when hours, zone and years are equal, and hashable. The years are laid out
    at the first question and kept; a question then costs a few binary searches.

    The methods ending in `_many` take whole UTC seconds since 1970 (integer arrays, or what
    broadcasts with them) and answer in kind; one instant out of range refuses the whole array.
    """

    hours: OpeningHours
    years: tuple[int, int]

    @classmethod
    def parse(cls, mapping: object, *, years: tuple[int, int] = PREPARED_YEARS) -> Self:
        """Working time from {"timezone", "hours", "exceptions"}; first and last year included.

        Errors: CalendarError, in words, for anything that cannot be used.
        """
        first, last = years
        if first not in _POSSIBLE_YEARS or last not in _POSSIBLE_YEARS or first > last:
            raise CalendarError(
                gettext_noop("Years must run from an earlier to a later one between 1970 and 2200."),
            )
        return cls(read_opening_hours(mapping), (first, last))

    @property
    def zone(self) -> ZoneInfo:
        """The calendar's time zone."""
        return zone_named(self.hours.timezone)

    def due(self, start: datetime, amount: object, unit: str) -> datetime:
        """When an allowance that starts at `start` is used up.

        Errors: AllowanceError, OutsidePreparedYears, NeverOpensAgain.
        """
        return _at(self._rules.due(_seconds(start), allowance_count(amount, unit), unit))

    def remaining(self, paused_at: datetime, due: datetime, unit: str) -> int:
        """Seconds a pause keeps, in the unit's measure: elapsed for `hours`, open for the others.

        0 when the pause comes at or after due; such a pause changes nothing (see `resume`).
        """
        return self._rules.remaining(_seconds(paused_at), _seconds(due), unit)

    def add_remaining(self, resumed_at: datetime, seconds: int, unit: str) -> datetime:
        """The due at a resumption with so many seconds left in the unit's measure.

        With nothing left it is the resumption itself for `hours`, else the next opening.
        """
        if seconds < 0:
            raise AllowanceError(gettext_noop("What remains cannot be less than nothing."))
        return _at(self._rules.add_remaining(_seconds(resumed_at), seconds, unit))

    def resume(self, paused_at: datetime, resumed_at: datetime, due: datetime, unit: str) -> datetime:
        """The due after a pause: what remained, counted from the resumption, never earlier than it was."""
        return _at(self._rules.resume(_seconds(paused_at), _seconds(resumed_at), _seconds(due), unit))

    def open_seconds(self, start: datetime, end: datetime) -> int:
        """Open time from start to end, in seconds; an end before start is an InstantError."""
        return self._rules.open_seconds(_seconds(start), _seconds(end))

    def is_open(self, at: datetime) -> bool:
        """True from an opening on, until just before its closing."""
        return self._rules.is_open(_seconds(at))

    def next_opening(self, at: datetime) -> datetime:
        """The instant itself when open, else the first opening after it."""
        return _at(self._rules.next_opening(_seconds(at)))

    def due_many(self, starts: Instants, amount: object, unit: str) -> Seconds:
        """`due` for many starts under one allowance."""
        return self._many.due(starts, allowance_count(amount, unit), unit)

    def remaining_many(self, paused: Instants, dues: Instants, unit: str) -> Seconds:
        """`remaining` for many pauses."""
        return self._many.remaining(paused, dues, unit)

    def add_remaining_many(self, resumed: Instants, seconds: Instants, unit: str) -> Seconds:
        """`add_remaining` for many resumptions."""
        return self._many.add_remaining(resumed, seconds, unit)

    def resume_many(self, paused: Instants, resumed: Instants, dues: Instants, unit: str) -> Seconds:
        """`resume` for many pauses."""
        return self._many.resume(paused, resumed, dues, unit)

    def open_seconds_many(self, starts: Instants, ends: Instants) -> Seconds:
        """`open_seconds` for many spans."""
        return self._many.open_seconds(starts, ends)

    def is_open_many(self, instants: Instants) -> NDArray[np.bool_]:
        """`is_open` for many instants."""
        return self._many.is_open(instants)

    def next_opening_many(self, instants: Instants) -> Seconds:
        """`next_opening` for many instants."""
        return self._many.next_opening(instants)

    def local_date(self, at: datetime) -> date:
        """The date of an instant in the calendar's zone."""
        return at.astimezone(self.zone).date()

    def intervals_on(self, on: date) -> tuple[tuple[datetime, datetime], ...]:
        """The open spells of a local date, in UTC and in order; empty when closed, touching ones are one."""
        spells = self._rules.intervals_on(on.toordinal() - _EPOCH.toordinal())
        return tuple((_at(opens), _at(closes)) for opens, closes in spells)

    @cached_property
    def _rules(self) -> WorkingTimeRules:
        return _rules(self.hours, *self.years)

    @cached_property
    def _many(self) -> ManyInstants:
        return ManyInstants(prepare(self.hours, *self.years))


# Kept apart from the value, so that the same hours parsed again cost nothing more.
@lru_cache(maxsize=64)
def _rules(hours: OpeningHours, first_year: int, last_year: int) -> WorkingTimeRules:
    return WorkingTimeRules(prepare(hours, first_year, last_year))


def _seconds(at: datetime) -> int:
    if at.tzinfo is None:
        raise InstantError(gettext_noop("An instant needs a time zone: %(at)s has none."), at=at)
    since = at - _EPOCH
    return since.days * DAY_SECONDS + since.seconds


def _at(seconds: int) -> datetime:
    return _EPOCH + timedelta(seconds=seconds)
