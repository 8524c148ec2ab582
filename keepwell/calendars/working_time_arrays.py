"""The rules of working time for many instants at once: arrays of UTC seconds in and out.

The same sentences as `working_time_rules`, vectorised; a property test holds the two equal.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from keepwell.calendars.working_time_allowances import (
    BUSINESS_DAYS,
    BUSINESS_HOURS,
    END_OF_BUSINESS_DAY,
    HOURS,
    known_unit,
)
from keepwell.calendars.working_time_errors import (
    AllowanceError,
    InstantError,
    gettext_noop,
)
from keepwell.calendars.working_time_hours import DAY_SECONDS
from keepwell.calendars.working_time_prepared import (
    PreparedYears,
    outside_prepared_years,
)
from keepwell.calendars.working_time_zones import Seconds

Instants = ArrayLike


class ManyInstants:
    """Due instants, pauses and open time for arrays; each argument may be broadcast."""

    def __init__(self, prepared: PreparedYears) -> None:
        self._years = prepared
        self._due = {
            HOURS: self._after_hours,
            BUSINESS_HOURS: self._after_open_time,
            BUSINESS_DAYS: self._after_business_days,
            END_OF_BUSINESS_DAY: self._at_end_of_business_day,
        }

    def due(self, starts: Instants, count: int, unit: str) -> Seconds:
        """When each allowance of `count` seconds or days is used up."""
        return self._due[unit](self._within(starts), np.int64(min(count, _FOREVER)))

    def remaining(self, paused: Instants, dues: Instants, unit: str) -> Seconds:
        """What each pause keeps, 0 where it comes at or after its due."""
        paused, dues = self._within(paused), self._within(dues)
        paused = np.minimum(paused, dues)
        return dues - paused if known_unit(unit) == HOURS else self._open_between(paused, dues)

    def add_remaining(self, resumed: Instants, seconds: Instants, unit: str) -> Seconds:
        """The due at each resumption; where nothing open is left, the next opening."""
        resumed, seconds = np.broadcast_arrays(self._within(resumed), _whole(seconds))
        if np.any(seconds < 0):
            raise AllowanceError(gettext_noop("What remains cannot be less than nothing."))
        if known_unit(unit) == HOURS:
            return self._after_hours(resumed, seconds)
        dues = np.empty(resumed.shape, dtype=np.int64)
        used_up = seconds == 0
        dues[used_up] = self._next_opening(resumed[used_up])
        dues[~used_up] = self._after_open_time(resumed[~used_up], seconds[~used_up])
        return dues

    def resume(self, paused: Instants, resumed: Instants, dues: Instants, unit: str) -> Seconds:
        """The due after each pause: never earlier than it was, untouched by a pause at or after it."""
        paused, resumed, dues = np.broadcast_arrays(_whole(paused), _whole(resumed), _whole(dues))
        known_unit(unit)
        if np.any(resumed < paused):
            raise InstantError(gettext_noop("A pause cannot end before it begins."))
        counts = paused < dues
        later = dues.copy()
        left = self.remaining(paused[counts], dues[counts], unit)
        later[counts] = np.maximum(dues[counts], self.add_remaining(resumed[counts], left, unit))
        return later

    def open_seconds(self, starts: Instants, ends: Instants) -> Seconds:
        """The open time of each span."""
        starts, ends = self._within(starts), self._within(ends)
        if np.any(ends < starts):
            raise InstantError(gettext_noop("Open time is counted from an earlier instant to a later one."))
        return self._open_between(starts, ends)

    def is_open(self, instants: Instants) -> NDArray[np.bool_]:
        """True from an opening on, until just before its closing."""
        at = self._within(instants)
        if np.any(at == self._years.ends):
            raise outside_prepared_years()
        return at < self._years.closes[np.searchsorted(self._years.opens, at, side="right") - 1]

    def next_opening(self, instants: Instants) -> Seconds:
        """Each instant itself when open, else the first opening after it."""
        return self._next_opening(self._within(instants))

    def _within(self, instants: Instants) -> Seconds:
        at = _whole(instants)
        if np.all((at >= self._years.begins) & (at <= self._years.ends)):
            return at
        raise outside_prepared_years()

    def _reached(self, found: NDArray[np.intp], steps: Seconds) -> NDArray[np.intp]:
        """The indices found, when all lie before the end of the steps searched."""
        if np.all(found < len(steps)):
            return found
        raise self._years.nothing_ahead()

    def _next_opening(self, at: Seconds) -> Seconds:
        found = self._reached(np.searchsorted(self._years.closes, at, side="right"), self._years.closes)
        return np.maximum(at, self._years.opens[found])

    def _open_between(self, starts: Seconds, ends: Seconds) -> Seconds:
        return self._open_until(ends) - self._open_until(starts)

    def _open_until(self, at: Seconds) -> Seconds:
        found = np.searchsorted(self._years.opens, at, side="right") - 1
        return (
            self._years.open_before[found]
            + np.minimum(at, self._years.closes[found])
            - self._years.opens[found]
        )

    def _after_hours(self, starts: Seconds, seconds: Seconds | np.int64) -> Seconds:
        return self._within(starts + seconds)

    def _after_open_time(self, starts: Seconds, seconds: Seconds | np.int64) -> Seconds:
        years = self._years
        goals = self._open_until(starts) + seconds
        found = self._reached(np.searchsorted(years.open_through, goals, side="left"), years.open_through)
        return np.maximum(starts, years.closes[found] - (years.open_through[found] - goals))

    def _after_business_days(self, starts: Seconds, days: np.int64) -> Seconds:
        years = self._years
        walls = years.zone.walls(self._next_opening(starts))
        found = self._business_days_after(walls // DAY_SECONDS, days)
        same_time = years.zone.instants(years.dates[found] * DAY_SECONDS + walls % DAY_SECONDS)
        return np.minimum(np.maximum(same_time, years.first_opens[found]), years.last_closes[found])

    def _at_end_of_business_day(self, starts: Seconds, days: np.int64) -> Seconds:
        years = self._years
        if days:
            found = self._business_days_after(years.zone.walls(starts) // DAY_SECONDS, days)
        else:
            found = self._reached(
                np.searchsorted(years.latest_closes, starts, side="right"),
                years.latest_closes,
            )
        return years.last_closes[found]

    def _business_days_after(self, days: Seconds, count: np.int64) -> NDArray[np.intp]:
        found = np.searchsorted(self._years.dates, days, side="right") + count - 1
        return self._reached(found, self._years.dates)


# More seconds or days than any prepared years hold, and far from overflowing 64 bits.
_FOREVER = 2**40


def _whole(instants: Instants) -> Seconds:
    found = np.asarray(instants)
    if found.size == 0:
        return found.astype(np.int64)
    if found.dtype.kind != "i":
        raise InstantError(gettext_noop("Arrays of instants must hold whole seconds."))
    return found.astype(np.int64, copy=False)
