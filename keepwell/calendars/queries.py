"""Which calendar, and which version of it, holds at an instant."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from keepwell.calendars.models import CalendarVersion, WorkingCalendar
from keepwell.journal.models import Entry
from keepwell.kit.asking import Question


def default_calendar() -> WorkingCalendar:
    """The calendar of the support hours. Errors: WorkingCalendar.DoesNotExist before `keepwell init`."""
    return WorkingCalendar.objects.get(is_default=True)


def version_of_support_hours(at: datetime) -> CalendarVersion | None:
    """What the support hours are at `at`; None before there is a default calendar.

    One short query, and a second one when a process meets the version for the first time.
    """
    newest = next((pk for pk, effective_at in OF_SUPPORT.rows() if effective_at <= at), None)
    return _version(newest) if newest else None


OF_SUPPORT = Question(
    lambda: (
        CalendarVersion.objects.filter(calendar__is_default=True)
        .order_by("-effective_at", "-number")
        .values_list("pk", "effective_at")
    )
)


@lru_cache(maxsize=64)
def _version(pk: int) -> CalendarVersion:
    """Read once by each process, for a version never changes and with its holidays it is long."""
    return CalendarVersion.objects.get(pk=pk)


def version_in_force(calendar: WorkingCalendar, at: datetime) -> CalendarVersion:
    """The newest version in force at `at`; the first one for anything earlier than all of them."""
    versions = CalendarVersion.objects.filter(calendar=calendar)
    found = versions.filter(effective_at__lte=at).order_by("-effective_at", "-number").first()
    return found or versions.earliest("effective_at", "number")


def visible_entries(actor: Any) -> Any:
    """Staff may read how calendars changed."""
    entries = Entry.objects.filter(kind__startswith="calendar.")
    return entries if getattr(actor, "is_staff_member", False) else entries.none()
