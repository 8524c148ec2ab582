"""Closed days proposed: public holidays of a country, or the events of a calendar file. People edit them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import holidays
import recurring_ical_events
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from keepwell.kit.refusals import Refused

WITHIN_A_DAY = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})


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
        place = "-".join(part for part in (country, subdivision) if part)
        raise ProposalError(
            _("The public holidays of %(place)s are not known. Write it as in: US, and TX.")
            % {"place": place}
        ) from error
    return sorted(ClosedDay(on=on, name=name) for on, name in found.items())


def days_of_calendar_file(content: bytes, years: Iterable[int]) -> list[ClosedDay]:
    """The all-day events of an iCalendar file within the years, each date of a longer event, in order.

    Events with a time of day are left out: a meeting is no closing. Repeated events count each time.
    Errors: ProposalError for a file that is no calendar, or with an event that repeats within a day.
    """
    wanted = sorted(set(years))
    if not wanted:
        return []
    first, last = date(wanted[0], 1, 1), date(wanted[-1], 12, 31)
    try:
        events = recurring_ical_events.of(_all_day_events(content)).between(first, last + timedelta(days=1))
        days = {day for event in events for day in _days_of(event, first, last)}
    except ProposalError:
        raise
    except (ValueError, OverflowError) as error:
        raise ProposalError(_("This is no calendar file that can be read. Nothing was added.")) from error
    return sorted(day for day in days if day.on.year in wanted)


def _all_day_events(content: bytes) -> Calendar:
    # Before anything is repeated: of a meeting that comes every second nobody needs to count the seconds.
    calendar = Calendar.from_ical(content)
    calendar.subcomponents = [event for event in calendar.walk("VEVENT") if not _has_time(event)]
    for event in calendar.subcomponents:
        _refuse_within_a_day(event)
    return calendar


def _has_time(event: Any) -> bool:
    return isinstance(event.start, datetime)


def _refuse_within_a_day(event: Any) -> None:
    rules = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        if WITHIN_A_DAY & {str(often).upper() for often in rule.get("FREQ", [])}:
            raise ProposalError(
                _("An event of this file repeats within a day. Take it out. Nothing was added.")
            )


def _days_of(event: Event, first: date, last: date) -> Iterable[ClosedDay]:
    """Each date of the event from the first to the last that is asked for."""
    begins, ends = (
        max(event.start, first),
        min(max(event.end, event.start + timedelta(days=1)), last + timedelta(days=1)),
    )
    for days in range((ends - begins).days):
        yield ClosedDay(on=begins + timedelta(days=days), name=str(event.get("SUMMARY", "")))
