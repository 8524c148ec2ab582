"""Working days from a day on: Monday to Friday, less days that are closed. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

DAY = timedelta(days=1)
WEEKEND = (5, 6)


def working_days_after(on: date, days: int, closed: Collection[date] = ()) -> date:
    """The day so many working days after `on`; 0: `on` itself, or the next working day where it is none."""
    day, left = on, days
    while left or day.weekday() in WEEKEND or day in closed:
        day += DAY
        if day.weekday() not in WEEKEND and day not in closed and left:
            left -= 1
    return day
