"""When support is open, and who is at work, by hour of the week."""

from __future__ import annotations

from datetime import datetime

from keepwell.calendars.compiled import working_time_of
from keepwell.calendars.queries import version_of_support_hours


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
        for hour in range(begins // 3600, -(-ends // 3600))
    )
