"""A year of a calendar as months of small squares, changed days marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from itertools import groupby

from django.utils import dateformat
from django.utils.translation import gettext as _

from keepwell.calendars.effects import Day
from keepwell.kit import wording


@dataclass(frozen=True, kw_only=True)
class Square:
    """One day: its number, its kind (open, closed, off, short), whether it changes, and that in words."""

    number: int
    kind: str
    is_changed: bool
    words: str


@dataclass(frozen=True, kw_only=True)
class Month:
    """`blanks` are the places before its first day in a week that begins on Monday."""

    words: str
    blanks: range
    squares: tuple[Square, ...]


def year_picture(
    days: Iterable[Day], *, names: Mapping[str, str], zone: tzinfo, changed: Iterable[date] = ()
) -> list[Month]:
    """The days in order, by month."""
    marked = frozenset(changed)
    months = groupby(days, key=lambda day: (day.on.year, day.on.month))
    return [_month(list(of_month), names, zone, marked) for _key, of_month in months]


def _month(days: list[Day], names: Mapping[str, str], zone: tzinfo, changed: frozenset[date]) -> Month:
    return Month(
        words=dateformat.format(days[0].on, "F Y"),
        blanks=range(days[0].on.weekday()),
        squares=tuple(
            Square(
                number=day.on.day,
                kind=_kind(day),
                is_changed=day.on in changed,
                words=_words(day, names.get(day.on.isoformat(), ""), zone),
            )
            for day in days
        ),
    )


def _kind(day: Day) -> str:
    if day.is_exception:
        return "short" if day.spells else "off"
    return "open" if day.spells else "closed"


def _words(day: Day, name: str, zone: tzinfo) -> str:
    named = f"{dateformat.format(day.on, 'D j F')}: {hours_words(day, zone)}"
    return f"{named} ({name})" if name else named


def hours_words(day: Day, zone: tzinfo) -> str:
    """The openings of a day in its zone: 07:00-19:00; closed."""
    spells = [f"{wording.clock_time(a, zone)}-{wording.clock_time(b, zone)}" for a, b in day.spells]
    return ", ".join(spells) or _("closed")
