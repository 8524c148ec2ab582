"""Working time the slow way: every minute of a few years marked open or closed, then walked.

Written from the promise alone. It imports nothing of Keepwell, so that an error there cannot
hide here. Wall times become instants by trying which instants really show them; openings
are whole minutes; answers beyond the marked years are an error.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from zoneinfo import ZoneInfo

NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
OPEN = b"\x01"


@dataclass
class Oracle:
    """One calendar over local dates `first` to `last`."""

    mapping: dict
    first: date
    last: date
    days: dict = field(default_factory=dict)

    def __post_init__(self):
        self.zone = ZoneInfo(self.mapping["timezone"])
        self.origin = datetime(self.first.year, self.first.month, self.first.day, tzinfo=UTC) - 2 * DAY
        self.marks = bytearray(((self.last - self.first).days + 5) * 1440)
        day = self.first
        while day <= self.last:
            for opens, closes in self.hours_of(day):
                self.mark(self.shown(day, opens), self.shown(day, closes))
            day += DAY

    def hours_of(self, day):
        by_date = self.mapping.get("exceptions", {})
        return by_date.get(day.isoformat(), self.mapping["hours"].get(NAMES[day.weekday()], []))

    def shown(self, day, text):
        """The instant at which the clocks of the zone show that time of that day."""
        wall = datetime(day.year, day.month, day.day) + timedelta(hours=int(text[:2]), minutes=int(text[3:]))
        return self.instant(wall)

    def instant(self, wall):
        offsets = sorted(self.offsets_around(wall.date()))
        showing = [
            at for at in (wall.replace(tzinfo=UTC) - offset for offset in offsets) if self.wall(at) == wall
        ]
        if showing:
            return min(showing)
        return self.instant(wall + (offsets[-1] - offsets[0]))

    def offsets_around(self, day):
        """The offsets the zone has about that day; a change leaves two."""
        if day not in self._offsets:
            noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
            moments = (noon + timedelta(hours=hours) for hours in (-36, 0, 36))
            self._offsets[day] = {at.astimezone(self.zone).utcoffset() for at in moments}
        return self._offsets[day]

    @cached_property
    def _offsets(self):
        return {}

    def wall(self, at):
        return at.astimezone(self.zone).replace(tzinfo=None)

    def mark(self, opens, closes):
        if opens >= closes:
            return
        start, stop = self.minute(opens), self.minute(closes)
        self.marks[start:stop] = OPEN * (stop - start)
        self.days.setdefault(self.wall(opens).date(), []).append((opens, closes))

    def minute(self, at):
        return (at - self.origin) // MINUTE

    # the questions

    def is_open(self, at):
        return bool(self.marks[self.minute(at)])

    def next_opening(self, at):
        if self.is_open(at):
            return at
        found = self.marks.find(OPEN, self.minute(at))
        assert found >= 0, "beyond the marked years"
        return self.origin + found * MINUTE

    def open_seconds(self, start, end):
        first, last = self.minute(start), self.minute(end)
        whole = self.marks.count(OPEN, first, last) * 60
        return whole - self.marks[first] * self.past(start) + self.marks[last] * self.past(end)

    def past(self, at):
        """Seconds since the minute began."""
        return ((at - self.origin) % MINUTE).seconds

    def after_open_seconds(self, start, seconds):
        """Walk on by days, then minutes, then seconds, until so many open ones have passed."""
        at = start
        for step in (30 * DAY, DAY, timedelta(hours=1), MINUTE, timedelta(seconds=1)):
            while (passed := self.open_seconds(at, at + step)) < seconds:
                seconds, at = seconds - passed, at + step
        return at + timedelta(seconds=seconds)

    def due(self, start, amount, unit):
        return getattr(self, f"due_in_{unit}")(start, amount)

    def due_in_hours(self, start, amount):
        return start + timedelta(seconds=whole_seconds(amount))

    def due_in_business_hours(self, start, amount):
        return self.after_open_seconds(start, whole_seconds(amount))

    def due_in_business_days(self, start, amount):
        wall = self.wall(self.next_opening(start))
        day = self.business_days_on(wall.date(), amount)
        due = self.instant(datetime.combine(day, wall.time()))
        opens = min(opening for opening, _ in self.days[day])
        closes = max(closing for _, closing in self.days[day])
        return sorted([opens, due, closes])[1]

    def due_in_end_of_business_day(self, start, amount):
        if amount > 0:
            return self.last_closing(self.business_days_on(self.wall(start).date(), amount))
        day = self.wall(start).date() - 2 * DAY
        while day not in self.days or self.last_closing(day) <= start:
            day += DAY
            assert day <= self.last, "beyond the marked years"
        return self.last_closing(day)

    def last_closing(self, day):
        return max(closing for _, closing in self.days[day])

    def business_days_on(self, day, count):
        while count:
            day += DAY
            count -= day in self.days
            assert day <= self.last, "beyond the marked years"
        return day

    def remaining(self, paused_at, due, unit):
        if unit == "hours":
            return int((due - paused_at).total_seconds())
        return self.open_seconds(paused_at, due)

    def resume(self, paused_at, resumed_at, due, unit):
        if paused_at >= due:
            return due
        left = self.remaining(paused_at, due, unit)
        if unit == "hours":
            later = resumed_at + timedelta(seconds=left)
        elif left == 0:
            later = self.next_opening(resumed_at)
        else:
            later = self.after_open_seconds(resumed_at, left)
        return max(due, later)


def whole_seconds(hours):
    return int((Decimal(str(hours)) * 3600).quantize(Decimal(1), rounding=ROUND_HALF_UP))
