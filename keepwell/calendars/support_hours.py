"""Whether support is open now, and when that changes, in words that every face can show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from keepwell.calendars.compiled import working_time_of
from keepwell.calendars.models import CalendarVersion
from keepwell.calendars.queries import version_of_support_hours
from keepwell.calendars.working_time import WorkingTime, WorkingTimeError
from keepwell.kit import wording

LOOKS_AHEAD_DAYS = 8


@dataclass(frozen=True, kw_only=True)
class SupportHours:
    """Open or closed, until when, and that in words in the zone of support: Open until 19:00 CDT."""

    is_open: bool
    changes_at: datetime
    words: str


def support_hours(now: datetime) -> SupportHours | None:
    """How the support hours stand. None before there is a calendar, or if it never opens again."""
    version = version_of_support_hours(now)
    return hours_of(version, now) if version else None


def hours_of(version: CalendarVersion, now: datetime) -> SupportHours | None:
    """How the hours of this version stand, for whoever has it at hand. None if it never opens again."""
    hours = working_time_of(version)
    try:
        changes_at = changes_after(hours, now)
    except WorkingTimeError:
        return None
    is_open = hours.is_open(now)
    words = wording.opening(is_open, changes_at, now, hours.zone)
    zone = changes_at.astimezone(hours.zone).tzname()
    words = _("%(opening)s %(zone)s") % {"opening": words, "zone": zone}
    return SupportHours(is_open=is_open, changes_at=changes_at, words=words)


def changes_after(hours: WorkingTime, now: datetime) -> datetime:
    """The closing after `now` while open, else the next opening. Errors: WorkingTimeError if there is none.

    Openings that touch, as around midnight, are one; one that never closes: an instant a week ahead.
    """
    if not hours.is_open(now):
        return hours.next_opening(now)
    today = now.astimezone(hours.zone).date()
    ends_at = now
    for days in range(LOOKS_AHEAD_DAYS):
        for opens_at, closes_at in hours.intervals_on(today + timedelta(days=days)):
            if opens_at <= ends_at < closes_at:
                ends_at = closes_at
    return ends_at
