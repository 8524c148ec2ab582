"""The stretches of local dates that figures are told of: weeks, months, quarters, years, rolling days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from fractions import Fraction

WEEK, MONTH, QUARTER, YEAR, ROLLING = "week", "month", "quarter", "year", "rolling"
MONTHS_OF = {MONTH: 1, QUARTER: 3, YEAR: 12}
# The last rolling days end today; a calendar window goes on to its own end.
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Window:
    """Local dates from `first` up to `last`, both included, in `zone`.

    As instants it includes its first local midnight and excludes the one after its last date.
    """

    first: date
    last: date
    zone: tzinfo

    @property
    def begins_at(self) -> datetime:
        return _midnight(self.first, self.zone)

    @property
    def ends_at(self) -> datetime:
        return _midnight(self.last + DAY, self.zone)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def gone(self, at: datetime) -> Fraction:
        """The part of it that has passed at an instant, from just above 0 to 1, in elapsed time."""
        # In seconds since 1970: between two instants of one zone Python counts what its clocks show.
        whole = int(self.ends_at.timestamp() - self.begins_at.timestamp())
        passed = int(at.timestamp() - self.begins_at.timestamp())
        return Fraction(min(max(passed, 1), whole), whole)

    def is_over(self, at: datetime) -> bool:
        return at >= self.ends_at


def window_at(kind: str, at: datetime, zone: tzinfo, *, days: int = 0) -> Window:
    """The window of this kind that an instant lies in; of rolling days, those that end on its date."""
    today = at.astimezone(zone).date()
    if kind == ROLLING:
        return Window(first=today - DAY * (days - 1), last=today, zone=zone)
    if kind == WEEK:
        monday = today - DAY * today.weekday()
        return Window(first=monday, last=monday + DAY * 6, zone=zone)
    months = MONTHS_OF[kind]
    first = date(today.year, (today.month - 1) // months * months + 1, 1)
    return Window(first=first, last=_after(first, months) - DAY, zone=zone)


def earlier(window: Window, kind: str) -> Window:
    """The window of the same kind just before."""
    if kind == ROLLING:
        return Window(first=window.first - DAY * window.days, last=window.first - DAY, zone=window.zone)
    noon = datetime.combine(window.first - DAY, time(12), window.zone)
    return window_at(kind, noon, window.zone)


def later(window: Window, kind: str) -> Window:
    """The window of the same kind just after."""
    if kind == ROLLING:
        return Window(first=window.last + DAY, last=window.last + DAY * window.days, zone=window.zone)
    noon = datetime.combine(window.last + DAY, time(12), window.zone)
    return window_at(kind, noon, window.zone)


def _after(first: date, months: int) -> date:
    total = first.year * 12 + first.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)


def _midnight(on: date, zone: tzinfo) -> datetime:
    """Where a date begins; where daylight saving skips its midnight, the first instant after it."""
    return datetime.combine(on, time(), zone)
