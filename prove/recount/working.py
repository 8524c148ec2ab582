"""How much came in, was resolved and is open, counted from the lives of cases. Nothing from keepwell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from prove.recount.counting import Window
from prove.recount.hours import WEEK, second_of
from prove.recount.lives import Life
from prove.recount.picturing import Pictured, count_said, day_label, hour_said, share_said, simple

DAY = 86_400
SEVERITIES = ("high", "normal", "low")
AGES = (
    ("under_1", 0, "Under 1 day"),
    ("from_1", 1, "1 to 3 days"),
    ("from_3", 3, "3 to 7 days"),
    ("from_7", 7, "7 to 14 days"),
    ("from_14", 14, "14 to 30 days"),
    ("from_30", 30, "30 days and older"),
)
CHANNELS = {
    "form": "Form",
    "portal": "Portal",
    "email": "E-mail",
    "phone": "Phone",
    "chat": "Chat",
    "api": "API",
    "desk": "Desk",
}
WITH_A_BAR = 12


@dataclass(frozen=True, kw_only=True)
class Months:
    """The lives that count, a month of local days, and what the support hours say of a week."""

    lives: list[Life]
    window: Window
    zone: ZoneInfo
    at: int
    support: Mapping[str, Any]

    def within(self, at: int) -> bool:
        return self.window.begins <= at < self.window.ends

    @property
    def opened(self) -> list[Life]:
        return [life for life in self.lives if self.within(life.opened)]

    @property
    def days(self) -> list[date]:
        """Those of the month that have begun."""
        first = self.local(self.window.begins).date()
        last = min(self.window.last, self.local(self.at).date())
        return [first + timedelta(days=n) for n in range((last - first).days + 1)]

    def local(self, at: int) -> datetime:
        return datetime.fromtimestamp(at, self.zone)


def month_back(at: int, zone: ZoneInfo, back: int) -> Window:
    """The month that an instant lies in, or so many before it."""
    today = datetime.fromtimestamp(at, zone).date()
    month = today.year * 12 + today.month - 1 - back
    first, following = (date(n // 12, n % 12 + 1, 1) for n in (month, month + 1))
    begins, ends = (second_of(datetime.combine(on, time(), zone)) for on in (first, following))
    return Window(begins=begins, ends=ends, last=following - timedelta(days=1))


def volume_figures(month: Months) -> dict[str, Any]:
    opened, open_now = month.opened, [life for life in month.lives if life.is_open]
    ends = [end for life in month.lives for end in life.ends if month.within(end.at)]
    resolved = sum(not end.is_withdrawn for end in ends)
    inside = sum(_is_support(month, life.opened) for life in opened)
    ages = Counter(_age(month.at - life.opened) for life in open_now)
    told = {
        "opened": len(opened),
        "resolved": resolved,
        "withdrawn": sum(end.is_withdrawn for end in ends),
        "opened_per_resolved": len(opened) / resolved if resolved else None,
        "in_support_hours": inside / len(opened) if opened else None,
        "open_now": len(open_now),
    }
    if open_now:
        told["oldest_days"] = (month.at - min(life.opened for life in open_now)) // DAY
        told |= {f"age_{name}": ages[name] for name, _days, _words in AGES}
    return told


def volume_pictures(month: Months) -> dict[str, Pictured]:
    """By the ids of the charts; one that would be empty is left out."""
    opened, open_now = month.opened, [life for life in month.lives if life.is_open]
    resolved = [end.at for life in month.lives for end in life.resolutions if month.within(end.at)]
    found = {}
    if opened or resolved:
        found["flow"] = _in_and_out(month, [life.opened for life in opened], resolved)
    if opened:
        found |= {
            "opened": _by_day(month, opened),
            "arrivals": _arrivals(month, opened),
            "channels": _most(Counter(CHANNELS[life.channel] for life in opened)),
            "products": _most(_products(Counter(life.product or "No product" for life in opened))),
        }
    if open_now:
        found["ageing"] = _ageing(month, open_now)
    return found


def support_hours(month: Months) -> set[tuple[int, int]]:
    """(weekday, hour) of an ordinary week in which support is open all or part of the hour."""
    return {
        (day, hour)
        for day, name in enumerate(WEEK)
        for opens, closes, *_rest in month.support["hours"].get(name, [])
        for hour in range(_minutes(opens) // 60, -(-_minutes(closes) // 60))
    }


def place_of(month: Months, at: int) -> tuple[int, int]:
    local = month.local(at)
    return local.weekday(), local.hour


def by_day(month: Months, instants: Iterable[int]) -> Counter[date]:
    return Counter(month.local(at).date() for at in instants)


def _minutes(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def _is_support(month: Months, at: int) -> bool:
    return place_of(month, at) in support_hours(month)


def _age(seconds: int) -> str:
    return [name for name, days, _words in AGES if seconds >= days * DAY or days == 0][-1]


def _by_day(month: Months, opened: list[Life]) -> Pictured:
    by_severity = {
        one: by_day(month, (life.opened for life in opened if life.severity == one)) for one in SEVERITIES
    }
    rows, busiest, most = {}, month.days[0], -1
    for on in month.days:
        counts = [by_severity[one][on] for one in SEVERITIES]
        rows[(day_label(on),)] = [*counts, sum(counts)]
        if sum(counts) > most:
            busiest, most = on, sum(counts)
    return Pictured(rows=rows, said=[str(busiest.day), count_said(most)])


def _in_and_out(month: Months, opened: list[int], resolved: list[int]) -> Pictured:
    came, went = by_day(month, opened), by_day(month, resolved)
    rows = {(day_label(on),): [came[on], went[on]] for on in month.days}
    return Pictured(rows=rows, said=[count_said(len(opened)), count_said(len(resolved))])


def _arrivals(month: Months, opened: list[Life]) -> Pictured:
    counts = Counter(place_of(month, life.opened) for life in opened)
    rows = {(f"{hour:02d}",): [counts[day, hour] for day in range(7)] for hour in range(24)}
    (_day, hour), most = min(counts.items(), key=lambda row: (-row[1], row[0]))
    inside = sum(_is_support(month, life.opened) for life in opened) / len(opened)
    return Pictured(rows=rows, said=[*hour_said(hour), count_said(most), share_said(inside)])


def _products(counts: Counter[str]) -> dict[str, int]:
    ordered = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    shown, rest = dict(ordered[:WITH_A_BAR]), sum(count for _name, count in ordered[WITH_A_BAR:])
    return {**shown, "All others": rest} if rest else shown


def _most(counts: Mapping[str, int]) -> Pictured:
    said = [count_said(max(counts.values())), count_said(sum(counts.values()))]
    return Pictured(rows=simple(counts), said=said)


def _ageing(month: Months, open_now: list[Life]) -> Pictured:
    counts = Counter((_age(month.at - life.opened), life.severity) for life in open_now)
    rows = {(words,): [counts[name, one] for one in SEVERITIES] for name, _days, words in AGES}
    old = sum(1 for life in open_now if month.at - life.opened >= 14 * DAY)
    return Pictured(rows=rows, said=[count_said(old), count_said(len(open_now))])


def resolutions_within(month: Months) -> Iterator[tuple[Life, Any]]:
    for life in month.lives:
        for end in life.resolutions:
            if month.within(end.at):
                yield life, end
