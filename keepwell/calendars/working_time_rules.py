"""The rules of working time for one instant, in UTC seconds on prepared years.

Every answer costs a few binary searches. Beside each rule stands its sentence; the same
sentences for many instants at once are in `working_time_arrays`, held equal by a test.
"""

from bisect import bisect_left, bisect_right

from keepwell.calendars.working_time_allowances import (
    BUSINESS_DAYS,
    BUSINESS_HOURS,
    END_OF_BUSINESS_DAY,
    HOURS,
    known_unit,
)
from keepwell.calendars.working_time_errors import InstantError, gettext_noop
from keepwell.calendars.working_time_hours import DAY_SECONDS
from keepwell.calendars.working_time_prepared import (
    PreparedYears,
    outside_prepared_years,
)


class WorkingTimeRules:
    """Due instants, pauses and open time, one at a time."""

    def __init__(self, prepared: PreparedYears) -> None:
        self.begins, self.ends = prepared.begins, prepared.ends
        self._nothing_ahead = prepared.nothing_ahead
        self._changes_at = prepared.zone.changes_at.tolist()
        self._wall_changes = prepared.zone.wall_changes.tolist()
        self._offsets = prepared.zone.offsets.tolist()
        self._opens = prepared.opens.tolist()
        self._closes = prepared.closes.tolist()
        self._open_before = prepared.open_before.tolist()
        self._open_through = prepared.open_through.tolist()
        self._dates = prepared.dates.tolist()
        self._first_opens = prepared.first_opens.tolist()
        self._last_closes = prepared.last_closes.tolist()
        self._latest_closes = prepared.latest_closes.tolist()
        self._due = {
            HOURS: self._after_hours,
            BUSINESS_HOURS: self._after_open_time,
            BUSINESS_DAYS: self._after_business_days,
            END_OF_BUSINESS_DAY: self._at_end_of_business_day,
        }

    def due(self, start: int, count: int, unit: str) -> int:
        """When an allowance of `count` seconds or days that starts at `start` is used up."""
        return self._due[unit](self.within(start), count)

    def remaining(self, paused_at: int, due: int, unit: str) -> int:
        """What a pause keeps: seconds on the wall clock for `hours`, else open seconds."""
        paused_at, due = self.within(paused_at), self.within(due)
        if known_unit(unit) == HOURS:
            return max(0, due - paused_at)
        return self.open_seconds(min(paused_at, due), due)

    def add_remaining(self, resumed_at: int, seconds: int, unit: str) -> int:
        """The due at a resumption; where nothing open is left, the next opening."""
        if known_unit(unit) == HOURS:
            return self._after_hours(self.within(resumed_at), seconds)
        if seconds == 0:
            return self.next_opening(resumed_at)
        return self._after_open_time(self.within(resumed_at), seconds)

    def resume(self, paused_at: int, resumed_at: int, due: int, unit: str) -> int:
        """The due after a pause: never earlier than it was, untouched by a pause at or after it."""
        if resumed_at < paused_at:
            raise InstantError(gettext_noop("A pause cannot end before it begins."))
        if paused_at >= due:
            known_unit(unit)
            return due
        left = self.remaining(paused_at, due, unit)
        return max(due, self.add_remaining(resumed_at, left, unit))

    def open_seconds(self, start: int, end: int) -> int:
        """The open time from start to end."""
        if end < start:
            raise InstantError(gettext_noop("Open time is counted from an earlier instant to a later one."))
        return self._open_until(self.within(end)) - self._open_until(self.within(start))

    def is_open(self, at: int) -> bool:
        """True from an opening on, until just before its closing."""
        if at == self.ends:
            raise outside_prepared_years()
        return self.within(at) < self._closes[bisect_right(self._opens, at) - 1]

    def next_opening(self, at: int) -> int:
        """The instant itself when open, else the first opening after it."""
        found = bisect_right(self._closes, self.within(at))
        if found == len(self._closes):
            raise self._nothing_ahead()
        return max(at, self._opens[found])

    def intervals_on(self, day: int) -> list[tuple[int, int]]:
        """Open spells of a local date (days since 1970-01-01), in order; what touches is one spell."""
        start, end = (self.within(self._instant(midnight * DAY_SECONDS)) for midnight in (day, day + 1))
        found = slice(bisect_right(self._closes, start), bisect_left(self._opens, end))
        return [
            (max(start, o), min(end, c)) for o, c in zip(self._opens[found], self._closes[found], strict=True)
        ]

    def within(self, at: int) -> int:
        """The instant itself, or OutsidePreparedYears."""
        if self.begins <= at <= self.ends:
            return at
        raise outside_prepared_years()

    def _after_hours(self, start: int, seconds: int) -> int:
        return self.within(start + seconds)

    def _after_open_time(self, start: int, seconds: int) -> int:
        """The earliest instant by which so much open time has passed: a closing, not the opening after it."""
        goal = self._open_until(start) + seconds
        found = bisect_left(self._open_through, goal)
        if found == len(self._open_through):
            raise self._nothing_ahead()
        return max(start, self._closes[found] - (self._open_through[found] - goal))

    def _after_business_days(self, start: int, days: int) -> int:
        """The same local time on the n-th business day after the opening's date, kept within that day."""
        wall = self._wall(self.next_opening(start))
        found = self._business_day_after(wall // DAY_SECONDS, days)
        same_time = self._instant(self._dates[found] * DAY_SECONDS + wall % DAY_SECONDS)
        return min(max(same_time, self._first_opens[found]), self._last_closes[found])

    def _at_end_of_business_day(self, start: int, days: int) -> int:
        """The last closing of the n-th business day after the local date of start; 0 is the day itself."""
        if days:
            return self._last_closes[self._business_day_after(self._wall(start) // DAY_SECONDS, days)]
        found = bisect_right(self._latest_closes, start)
        if found == len(self._latest_closes):
            raise self._nothing_ahead()
        return self._last_closes[found]

    def _business_day_after(self, day: int, count: int) -> int:
        found = bisect_right(self._dates, day) + count - 1
        if found >= len(self._dates):
            raise self._nothing_ahead()
        return found

    def _open_until(self, at: int) -> int:
        found = bisect_right(self._opens, at) - 1
        return self._open_before[found] + min(at, self._closes[found]) - self._opens[found]

    def _wall(self, at: int) -> int:
        return at + self._offsets[bisect_right(self._changes_at, at)]

    def _instant(self, wall: int) -> int:
        return wall - self._offsets[bisect_right(self._wall_changes, wall)]
