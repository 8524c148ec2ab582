"""Opening hours as people write them, read once and refused in words where they cannot be used."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import TypeGuard
from zoneinfo import ZoneInfo

from keepwell.calendars.working_time_errors import CalendarError, gettext_noop

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_SECONDS = 86_400

# Each machine means another zone by these names; a promise may not depend on the machine.
_NAMES_OF_NO_PLACE = frozenset({"localtime", "posixrules", "Factory"})
_PARTS = ("timezone", "hours", "exceptions")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

Intervals = tuple[tuple[int, int], ...]


@dataclass(frozen=True, kw_only=True)
class OpeningHours:
    """A week of opening intervals and the dates that differ from it, in one time zone.

    Intervals are (opening, closing) in seconds of wall time after local midnight, in order;
    `week` runs from Monday. An exception replaces all hours of its date; empty means closed.
    """

    timezone: str
    week: tuple[Intervals, ...]
    exceptions: tuple[tuple[date, Intervals], ...]

    def opens_after(self, last: date) -> bool:
        """True when these hours name any opening later than that date."""
        return any(self.week) or any(on > last and hours for on, hours in self.exceptions)


def read_opening_hours(mapping: object) -> OpeningHours:
    """Opening hours from {"timezone", "hours", "exceptions"}, or a CalendarError in plain words.

    Hours: {"mon": [["07:00", "19:00"], ...], ...}, a day left out is closed. Exceptions, which
    may be left out: {"2026-12-24": [["07:00", "12:00"]], "2026-12-25": []}. An interval lies
    within its date (00:00 to 24:00), opens before it closes, and may touch but not overlap another.
    """
    parts = _mapping(
        mapping,
        gettext_noop("A calendar must have a timezone and hours, not be %(value)r."),
    )
    _only_known(parts, _PARTS, gettext_noop("A calendar has no %(name)r; it knows %(known)s."))
    hours = OpeningHours(
        timezone=_zone_name(parts.get("timezone")),
        week=_week(parts.get("hours")),
        exceptions=_exceptions(parts.get("exceptions", {})),
    )
    if not hours.opens_after(date.min):
        raise CalendarError(gettext_noop("This calendar never opens: give at least one opening interval."))
    return hours


@lru_cache(maxsize=256)
def zone_named(name: str) -> ZoneInfo:
    """The time zone of that name, or a CalendarError."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as trouble:
        raise CalendarError(
            gettext_noop("There is no time zone %(zone)r. Use a name such as America/Chicago."),
            zone=name,
        ) from trouble


def _mapping(value: object, otherwise: str) -> Mapping[object, object]:
    if isinstance(value, Mapping):
        return value
    raise CalendarError(otherwise, value=value)


def _only_known(parts: Mapping[object, object], known: tuple[str, ...], otherwise: str) -> None:
    for name in parts:
        if name not in known:
            raise CalendarError(otherwise, name=name, known=", ".join(known))


def _zone_name(value: object) -> str:
    if not isinstance(value, str) or not value or value in _NAMES_OF_NO_PLACE:
        raise CalendarError(
            gettext_noop("A calendar needs a time zone by name, such as America/Chicago, not %(zone)r."),
            zone=value,
        )
    return zone_named(value).key


def _week(value: object) -> tuple[Intervals, ...]:
    days = _mapping(
        value,
        gettext_noop("The hours must be given by weekday, such as mon, not as %(value)r."),
    )
    _only_known(
        days,
        WEEKDAYS,
        gettext_noop("There is no weekday %(name)r; the week has %(known)s."),
    )
    return tuple(_intervals(days.get(name, ()), name) for name in WEEKDAYS)


def _exceptions(value: object) -> tuple[tuple[date, Intervals], ...]:
    dates = _mapping(value, gettext_noop("Exceptions must be given by date, not as %(value)r."))
    return tuple(sorted((_date(on), _intervals(hours, str(on))) for on, hours in dates.items()))


def _date(value: object) -> date:
    try:
        if isinstance(value, str) and _DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise CalendarError(
        gettext_noop("%(date)r is not a date of the calendar; write it like 2026-12-24."),
        date=value,
    )


def _intervals(value: object, day: str) -> Intervals:
    if not _is_list(value):
        raise CalendarError(
            gettext_noop("The hours of %(day)s must be a list of openings and closings, not %(value)r."),
            day=day,
            value=value,
        )
    found = sorted(_interval(pair, day) for pair in value)
    for (_, closes), (opens, _) in pairwise(found):
        if opens < closes:
            raise CalendarError(
                gettext_noop("Two intervals of %(day)s overlap at %(time)s."),
                day=day,
                time=_written(opens),
            )
    return tuple(found)


def _interval(pair: object, day: str) -> tuple[int, int]:
    if not _is_list(pair) or len(pair) != 2:
        raise CalendarError(
            gettext_noop("An interval of %(day)s must be one opening and one closing, not %(value)r."),
            day=day,
            value=pair,
        )
    opens, closes = (_wall_seconds(time, day) for time in pair)
    if closes <= opens:
        raise CalendarError(
            gettext_noop("On %(day)s an interval closes at %(closes)s, not after it opens at %(opens)s."),
            day=day,
            closes=pair[1],
            opens=pair[0],
        )
    return opens, closes


def _wall_seconds(time: object, day: str) -> int:
    if isinstance(time, str) and _CLOCK.fullmatch(time):
        return int(time[:2]) * 3600 + int(time[3:]) * 60
    raise CalendarError(
        gettext_noop("%(time)r on %(day)s is not a time; write it like 07:00, up to 24:00."),
        time=time,
        day=day,
    )


def _is_list(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def _written(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"
