"""Days as whole numbers: every engine can count with them, and each counts alike."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

FIRST = date(1970, 1, 1)
DAY_SECONDS = 24 * 3600


def number_of(day: date) -> int:
    """Days since 1970 began."""
    return (day - FIRST).days


def day_of(number: int) -> date:
    return FIRST + timedelta(days=number)


def bounds(day: date, zone: ZoneInfo) -> tuple[int, int]:
    """When the day begins and ends there, in seconds since 1970 began (UTC): 23, 24 or 25 hours apart."""
    begins, ends = (
        int(datetime.combine(on, time(), zone).astimezone(UTC).timestamp())
        for on in (day, day + timedelta(1))
    )
    return begins, ends


def utc_days(begins: int, ends: int) -> range:
    """The days of UTC that a stretch of seconds touches, as numbers."""
    return range(begins // DAY_SECONDS, (ends - 1) // DAY_SECONDS + 1)
