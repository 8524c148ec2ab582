"""When support is open, who is at work by hour of the week, and what comes in then.

Hours are those that people have now, or the support hours where somebody has none of his own; days off are
taken out of the days of the window. Nobody's working time is watched: these are hours planned, not clocked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from keepwell.calendars.compiled import working_time_of
from keepwell.calendars.models import CalendarVersion
from keepwell.calendars.queries import version_of_support_hours
from keepwell.calendars.working_time import WorkingTimeError
from keepwell.insight.work.scope import Scope
from keepwell.staffing.models import StaffProfile, TimeOff

HOUR = timedelta(hours=1)
HOUR_SECONDS = 3600
Week = Mapping[tuple[int, int], float]


@dataclass(frozen=True, kw_only=True)
class Staffing:
    """Of a mean week of the window's days: people at work, and cases that came in, by (weekday, hour).

    arrived: how many came in all the weeks together.
    """

    people: Week
    arrivals: Week
    arrived: Mapping[tuple[int, int], int]

    def by_hour(self) -> list[tuple[int, float, float]]:
        """(hour, cases, people) of a mean day, all seven days alike."""
        return [(hour, _mean(self.arrivals, hour), _mean(self.people, hour)) for hour in range(24)]

    @property
    def unattended(self) -> float | None:
        """The part of the cases that came in an hour of the week in which nobody works."""
        total = sum(self.arrived.values())
        alone = sum(n for place, n in self.arrived.items() if not self.people.get(place))
        return alone / total if total else None


def support_hours_of_week(at: datetime) -> frozenset[tuple[int, int]]:
    """(weekday from 0, hour) of an ordinary week in which support is open all or part of the hour."""
    version = version_of_support_hours(at)
    if version is None:
        return frozenset()
    week = working_time_of(version).hours.week
    return frozenset(
        (day, hour)
        for day, intervals in enumerate(week)
        for begins, ends in intervals
        for hour in range(begins // HOUR_SECONDS, -(-ends // HOUR_SECONDS))
    )


def staffing_of(scope: Scope, arrived: Mapping[tuple[int, int], int]) -> Staffing | None:
    """arrived: cases by (weekday, hour), over the whole window. None where no hours are known for it."""
    hours = _local_hours(scope)
    if not hours:
        return None
    try:
        people = _people_at(scope, hours)
    except WorkingTimeError:
        return None
    at_work: defaultdict[tuple[int, int], float] = defaultdict(float)
    for at, count in zip(hours, people, strict=True):
        at_work[at.weekday(), at.hour] += float(count)
    times = Counter((at.weekday(), at.hour) for at in hours)
    return Staffing(
        people={place: total / times[place] for place, total in at_work.items()},
        arrivals={place: n / times[place] for place, n in arrived.items() if place in times},
        arrived=arrived,
    )


def _local_hours(scope: Scope) -> list[datetime]:
    """Each hour of the window's days that have begun, in the zone of support."""
    if not scope.days:
        return []
    begins_at = scope.window.begins_at.astimezone(UTC)
    ends_at = min(scope.window.ends_at, scope.at.replace(minute=0, second=0, microsecond=0) + HOUR)
    count = int((ends_at - begins_at) / HOUR)
    return [(begins_at + HOUR * place).astimezone(scope.window.zone) for place in range(count)]


def _people_at(scope: Scope, hours: list[datetime]) -> NDArray[np.float64]:
    """How many people work in each of these hours; parts of an hour count as parts."""
    starts = np.array([int(at.timestamp()) for at in hours], dtype=np.int64)
    versions = _versions(scope.at)
    off = _days_off(scope)
    people = np.zeros(len(hours))
    for calendar, users in _who(scope).items():
        version = versions.get(calendar) or versions.get(None)
        if version is not None:
            part = working_time_of(version).open_seconds_many(starts, starts + HOUR_SECONDS) / HOUR_SECONDS
            people += part * np.array([_present(users, off.get(at.date(), frozenset())) for at in hours])
    return people


def _present(users: frozenset[int], off: frozenset[int]) -> int:
    return len(users - off)


def _who(scope: Scope) -> dict[int | None, frozenset[int]]:
    """Those who work cases, of the level and team asked for, by their own calendar (None: support hours)."""
    rows = StaffProfile.objects.filter(level__isnull=False, user__is_active=True)
    if scope.narrowing.level is not None:
        rows = rows.filter(level=scope.narrowing.level)
    if scope.narrowing.team is not None:
        rows = rows.filter(user__memberships__team=scope.narrowing.team)
    found: defaultdict[int | None, set[int]] = defaultdict(set)
    for calendar, user in rows.values_list("calendar", "user"):
        found[calendar].add(user)
    return {calendar: frozenset(users) for calendar, users in found.items()}


def _versions(at: datetime) -> dict[int | None, CalendarVersion]:
    """What each calendar says at an instant; the support hours under None too."""
    rows: Any = CalendarVersion.objects.filter(effective_at__lte=at).select_related("calendar")
    newest = rows.order_by("calendar", "-effective_at", "-number").distinct("calendar").defer("names")
    found: dict[int | None, CalendarVersion] = {}
    for version in newest:
        found[version.calendar_id] = version
        if version.calendar.is_default:
            found[None] = version
    return found


def _days_off(scope: Scope) -> dict[date, frozenset[int]]:
    rows = TimeOff.objects.filter(starts_on__lte=scope.window.last, ends_on__gte=scope.window.first)
    spans = list(rows.values_list("user", "starts_on", "ends_on"))
    return {day: frozenset(_off(spans, day)) for day in scope.days}


def _off(spans: Iterable[tuple[int, date, date]], day: date) -> Iterable[int]:
    return (user for user, first, last in spans if first <= day <= last)


def _mean(week: Week, hour: int) -> float:
    return sum(week.get((day, hour), 0.0) for day in range(7)) / 7
