"""Who is active: did anything at all. And how many of those of four weeks are, on a usual day."""

from __future__ import annotations

from typing import Any

from keepwell.usage.metrics.given import WINDOW_DAYS, Given
from keepwell.usage.metrics.shape import number, of_each


def active_1(given: Given) -> Any:
    """Persons active on the day."""
    return _active(given, 1)


def active_7(given: Given) -> Any:
    """Persons active in the 7 days that end with it."""
    return _active(given, 7)


def active_28(given: Given) -> Any:
    """Persons active in the 28 days that end with it."""
    return _active(given, WINDOW_DAYS)


def stickiness(given: Given) -> Any:
    """The mean of who is active on each of 28 days, of those who are in all of them."""
    days = given.by_persons.select("account_id", "person_key", "ago").distinct()
    found = days.group_by("account_id").agg(days=days.count(), persons=days.person_key.nunique())
    return of_each(given.accounts, found, lambda met: met.days, lambda met: met.persons * WINDOW_DAYS)


def _active(given: Given, days: int) -> Any:
    recent = given.within(days)
    persons = recent.filter(recent.person_key != "")
    return number(
        given.accounts, persons.group_by("account_id").agg(active=persons.person_key.nunique()), "active"
    )
