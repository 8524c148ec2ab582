"""Closed days proposed: public holidays of a country, or the events of a calendar file. People edit them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import holidays
import recurring_ical_events
from icalendar import Calendar, Event

from keepwell.kit.refusals import Refused


class ProposalError(Refused):
    """No days can be proposed; the message says why."""


@dataclass(frozen=True, kw_only=True, order=True)
class ClosedDay:
    on: date
    name: str


def public_holidays(country: str, subdivision: str | None, years: Iterable[int]) -> list[ClosedDay]:
    """The public holidays, as observed, in order of date.

    `country` is an ISO 3166-1 code; `subdivision` an ISO 3166-2 part such as TX, or None for the whole
    country. Errors: ProposalError for a place the holidays package does not know.
    """
    try:
        found = holidays.country_holidays(country, subdiv=subdivision or None, years=list(years))
    except NotImplementedError as error:
        raise ProposalError(str(error)) from error
    return sorted(ClosedDay(on=on, name=name) for on, name in found.items())


def days_of_calendar_file(content: bytes, years: Iterable[int]) -> list[ClosedDay]:
    """The all-day events of an iCalendar file within the years, each date of a longer event, in order.

    Events with a time of day are left out: a meeting is no closing. Repeated events count each time.
    Errors: ProposalError for a file that is no calendar.
    """
    try:
        events = recurring_ical_events.of(Calendar.from_ical(content))
        wanted = sorted(set(years))
        found = events.between(date(wanted[0], 1, 1), date(wanted[-1] + 1, 1, 1)) if wanted else []
    except ValueError as error:
        raise ProposalError(str(error)) from error
    return sorted({day for event in found for day in _days_of(event) if day.on.year in wanted})


def _days_of(event: Event) -> Iterable[ClosedDay]:
    first = event.start
    if isinstance(first, datetime):
        return
    for days in range(max((event.end - first).days, 1)):
        yield ClosedDay(on=first + timedelta(days=days), name=str(event.get("SUMMARY", "")))
