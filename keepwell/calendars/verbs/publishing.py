"""Making a calendar, and saying what it holds from an instant on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from keepwell.calendars.models import CalendarVersion, WorkingCalendar
from keepwell.calendars.working_time import CalendarError, WorkingTime
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.refusals import Refused
from keepwell.people import permits

NAME_LENGTH = 120


class VersionTooEarly(Refused):
    """A version cannot hold from before the present, nor before the newest one."""


@all_or_nothing()
def create_calendar(
    name: str,
    mapping: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime | None = None,
    effective_at: datetime | None = None,
    is_default: bool = False,
) -> WorkingCalendar:
    """A calendar by this name with its first version. Effects: calendar.created, calendar.published.

    `effective_at` may lie in the past for a first version, so that older cases can be measured.
    Errors: CalendarError in words for hours that cannot be used or that never open.
    """
    permits.require(by, "settings.calendars")
    calendar = WorkingCalendar.objects.create(name=name.strip(), is_default=is_default)
    record("calendar.created", by=by, at=at, subjects=[("calendar", calendar.pk)])
    publish_version(calendar, mapping, by=by, at=at, effective_at=effective_at)
    return calendar


@all_or_nothing()
def publish_version(
    calendar: WorkingCalendar,
    mapping: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime | None = None,
    effective_at: datetime | None = None,
    reason: str = "",
) -> CalendarVersion:
    """The calendar says this from `effective_at` on (now if None). Clocks keep what they started under.

    `mapping` is what working_time reads; it may carry "names" of its exceptions besides, for people.
    Effects: calendar.published. Errors: CalendarError, VersionTooEarly.
    """
    permits.require(by, "settings.calendars")
    at = clock.instant(at)
    hours = {part: said for part, said in mapping.items() if part != "names"}
    _refuse_unusable(hours, at)
    WorkingCalendar.objects.select_for_update().get(pk=calendar.pk)
    effective_at = clock.instant(effective_at or at)
    number = _next_number(calendar, effective_at, at)
    made_by_kind, made_by_id = by.actor_ref
    version = CalendarVersion.objects.create(
        calendar=calendar,
        number=number,
        mapping=hours,
        names=_names(mapping),
        effective_at=effective_at,
        made_by_kind=made_by_kind,
        made_by_id=made_by_id,
        reason=reason,
    )
    record(
        "calendar.published",
        by=by,
        at=at,
        subjects=[("calendar", calendar.pk)],
        facts={"version": version.pk, "number": number, "effective_at": effective_at.isoformat()},
    )
    return version


@all_or_nothing()
def make_default(calendar: WorkingCalendar, *, by: Actor, at: datetime | None = None) -> None:
    """This calendar is the one of the support hours. Effects: calendar.made_default."""
    permits.require(by, "settings.calendars")
    WorkingCalendar.objects.filter(is_default=True).update(is_default=False)
    WorkingCalendar.objects.filter(pk=calendar.pk).update(is_default=True)
    calendar.is_default = True
    record("calendar.made_default", by=by, at=at, subjects=[("calendar", calendar.pk)])


def _names(mapping: Mapping[str, Any]) -> dict[str, str]:
    named = mapping.get("names", {})
    return {on: str(named[on])[:NAME_LENGTH] for on in mapping.get("exceptions", {}) if named.get(on)}


def _refuse_unusable(mapping: Mapping[str, Any], at: datetime) -> None:
    # A calendar that is never open again would leave promises without a due: it is refused here, in words.
    WorkingTime.parse(mapping).next_opening(at)


def _next_number(calendar: WorkingCalendar, effective_at: datetime, at: datetime) -> int:
    newest = CalendarVersion.objects.filter(calendar=calendar).aggregate(
        number=Max("number"), effective_at=Max("effective_at")
    )
    if newest["number"] is None:
        return 1
    # A clock keeps the calendar as it stood when it started: nothing may be slipped in before the present.
    earliest = max(newest["effective_at"], at)
    if effective_at < earliest:
        raise VersionTooEarly(
            _("A new version cannot hold from before %(instant)s: what was promised until then stays.")
            % {"instant": earliest.isoformat(timespec="minutes")}
        )
    return int(newest["number"]) + 1


__all__ = ["CalendarError", "VersionTooEarly", "create_calendar", "make_default", "publish_version"]
