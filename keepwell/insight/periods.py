"""Which reports are due: every Monday, or the first of every month, at seven in the support zone.

A weekly report is of the month that its Monday lies in, as it stands; a monthly one of the month that ended.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

WEEKLY, MONTHLY = "weekly", "monthly"
HOUR = time(7)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Period:
    """due_on: the local date on which it is told. on: a date of the month that it is about."""

    due_on: date
    on: date


def periods_due(
    rhythm: str, *, began_at: datetime, told_on: date | None, at: datetime, zone: tzinfo
) -> list[Period]:
    """What is to be told at an instant to whoever asked at `began_at` and was last told that of `told_on`.

    The oldest first. Of weeks that were missed and lie in one month only the last is told: all of them would
    say the same.
    """
    dates = []
    for due_on in _back_from(rhythm, at, zone):
        if due_at(due_on, zone) <= began_at or (told_on is not None and due_on <= told_on):
            break
        dates.append(due_on)
    by_month = {_month_of(rhythm, due_on): due_on for due_on in reversed(dates)}
    return [Period(due_on=due_on, on=_about(rhythm, due_on)) for due_on in by_month.values()]


def next_due_at(rhythm: str, at: datetime, zone: tzinfo) -> datetime:
    """When the next one after an instant is told."""
    newest = next(_back_from(rhythm, at, zone))
    following = newest + WEEK if rhythm == WEEKLY else (newest + 31 * DAY).replace(day=1)
    return due_at(following, zone)


def due_at(due_on: date, zone: tzinfo) -> datetime:
    return datetime.combine(due_on, HOUR, zone)


def _back_from(rhythm: str, at: datetime, zone: tzinfo) -> Iterator[date]:
    """The dates on which something was due up to an instant, the newest first, without end."""
    today = at.astimezone(zone).date()
    due_on = today - DAY * today.weekday() if rhythm == WEEKLY else today.replace(day=1)
    if due_at(due_on, zone) > at:
        due_on = _before(rhythm, due_on)
    while True:
        yield due_on
        due_on = _before(rhythm, due_on)


def _before(rhythm: str, due_on: date) -> date:
    return due_on - WEEK if rhythm == WEEKLY else (due_on - DAY).replace(day=1)


def _about(rhythm: str, due_on: date) -> date:
    return due_on if rhythm == WEEKLY else due_on - DAY


def _month_of(rhythm: str, due_on: date) -> tuple[int, int]:
    about = _about(rhythm, due_on)
    return about.year, about.month
