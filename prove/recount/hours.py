"""When a calendar is open, told again. Instants are whole seconds since 1970, UTC.

Written from the design of service levels alone; imports nothing from keepwell.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from typing import Any
from zoneinfo import ZoneInfo

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
YEARS = range(2012, 2041)
DAY = timedelta(days=1)


def second_of(at: datetime) -> int:
    return int(at.timestamp())


def local_instant(on: date, text: str, zone: ZoneInfo) -> int:
    """A local time as an instant: the first of two, and one that is skipped moves on by the gap."""
    hour, minute = map(int, text.split(":"))
    days, hour = divmod(hour, 24)
    return second_of(datetime.combine(on + days * DAY, time(hour, minute), zone).astimezone(UTC))


class Hours:
    """The open stretches of a calendar, and the four units of an allowance counted along them."""

    def __init__(self, mapping: Mapping[str, Any]) -> None:
        self.zone = ZoneInfo(mapping["timezone"])
        self._days: list[date] = []
        self._first: list[int] = []
        self._last: list[int] = []
        stretches: list[tuple[int, int]] = []
        for ordinal in range(date(YEARS[0], 1, 1).toordinal(), date(YEARS[-1] + 1, 1, 1).toordinal()):
            stretches += self._add(date.fromordinal(ordinal), mapping)
        united = _united(stretches)
        self._opens = [opens for opens, _closes in united]
        self._closes = [closes for _opens, closes in united]
        self._until = [0, *accumulate(closes - opens for opens, closes in united)]

    def _add(self, on: date, mapping: Mapping[str, Any]) -> list[tuple[int, int]]:
        given = mapping.get("exceptions", {}).get(
            on.isoformat(), mapping["hours"].get(WEEK[on.weekday()], [])
        )
        found = sorted(tuple(local_instant(on, text, self.zone) for text in each[:2]) for each in given)
        open_ones = [(opens, closes) for opens, closes in found if closes > opens]
        if open_ones:
            self._days.append(on)
            self._first.append(open_ones[0][0])
            self._last.append(max(closes for _opens, closes in open_ones))
        return open_ones

    def open_before(self, at: int) -> int:
        """Open seconds up to an instant, since the calendar's first day."""
        place = bisect_right(self._opens, at)
        if place == 0 or at >= self._closes[-1]:
            raise LookupError(f"{at} lies outside the years of this calendar.")
        return self._until[place - 1] + min(at, self._closes[place - 1]) - self._opens[place - 1]

    def between(self, start: int, end: int) -> int:
        return self.open_before(end) - self.open_before(start) if end > start else 0

    def after(self, start: int, seconds: int) -> int:
        """The earliest instant by which so much open time has passed; of none: the next one that is open."""
        if seconds == 0:
            return self.opening(start)
        total = self.open_before(start) + seconds
        place = bisect_left(self._until, total) - 1
        return self._opens[place] + total - self._until[place]

    def opening(self, at: int) -> int:
        """The instant itself where it is open, else the next opening."""
        place = bisect_right(self._closes, at)
        return max(at, self._opens[place])

    def due(self, start: int, amount: float, unit: str) -> int:
        if unit == "hours":
            return start + round(amount * 3600)
        if unit == "business_hours":
            return self.after(start, round(amount * 3600))
        whole = int(amount)
        return self._same_time(start, whole) if unit == "business_days" else self._last_closing(start, whole)

    def local(self, at: int) -> datetime:
        return datetime.fromtimestamp(at, self.zone)

    def _same_time(self, start: int, days: int) -> int:
        local = self.local(self.opening(start))
        place = bisect_right(self._days, local.date()) - 1 + days
        wall = local.replace(tzinfo=None, fold=0).time()
        there = second_of(datetime.combine(self._days[place], wall, self.zone).astimezone(UTC))
        return min(max(there, self._first[place]), self._last[place])

    def _last_closing(self, start: int, days: int) -> int:
        if days == 0:
            return self._last[bisect_right(self._last, start)]
        return self._last[bisect_right(self._days, self.local(start).date()) - 1 + days]


def _united(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for opens, closes in sorted(stretches):
        if found and opens <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], closes))
        else:
            found.append((opens, closes))
    return found
