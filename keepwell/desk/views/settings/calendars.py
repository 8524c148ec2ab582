"""Calendars: the list, a new one, what each says over the coming year, and its versions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keepwell.calendars.compiled import working_time_of
from keepwell.calendars.effects import year_ahead
from keepwell.calendars.models import WorkingCalendar
from keepwell.calendars.queries import version_in_force
from keepwell.calendars.verbs.publishing import create_calendar, make_default
from keepwell.calendars.working_time import CalendarError
from keepwell.desk.access import needs, reader
from keepwell.desk.filling import posted
from keepwell.desk.forms.calendars import WEEK, NewCalendarForm
from keepwell.desk.forms.hours import written
from keepwell.desk.year_picture import year_picture
from keepwell.insight.doers import names_of
from keepwell.kit import clock
from keepwell.kit.toasting import say_next

PERMIT = "settings.calendars"


@require_safe
@needs(PERMIT)
def calendars(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    rows = WorkingCalendar.objects.order_by("-is_default", "name").prefetch_related("versions")
    listed = [(row, week_words(_in_force(row, now))) for row in rows]
    return render(request, "desk/settings/calendars.html", {"listed": listed})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMIT)
def new_calendar(request: HttpRequest) -> HttpResponse:
    form = NewCalendarForm(posted(request))
    if request.method == "POST" and form.is_valid():
        made = _create(form, request)
        if made:
            say_next(request, _("Calendar made. Now give it the dates that differ."))
            return redirect("desk:calendar", pk=made.pk)
    trail = [(_("Calendars"), reverse("desk:calendars")), (_("New calendar"), "")]
    given = {"form": form, "trail": trail}
    return render(request, "desk/settings/new_calendar.html", given, status=422 if form.errors else 200)


def _create(form: NewCalendarForm, request: HttpRequest) -> WorkingCalendar | None:
    mapping = {"timezone": form.cleaned_data["timezone"], "hours": form.hours(), "exceptions": {}}
    is_first = not WorkingCalendar.objects.exists()
    try:
        return create_calendar(form.cleaned_data["name"], mapping, by=reader(request), is_default=is_first)
    except CalendarError as error:
        form.add_error(None, calendar_error_words(error))
        return None


@require_safe
@needs(PERMIT)
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(WorkingCalendar, pk=pk)
    now = clock.now()
    version = version_in_force(found, now)
    hours = working_time_of(version)
    today = now.astimezone(hours.zone).date()
    versions = list(found.versions.order_by("-number"))
    given = {
        "calendar": found,
        "version": version,
        "week": week_of(version.mapping),
        "months": year_picture(year_ahead(hours, today), names=version.names, zone=hours.zone),
        "ahead": _exceptions_ahead(version, today.isoformat()),
        "versions": versions,
        "makers": names_of((one.made_by_kind, one.made_by_id) for one in versions),
        "now": now,
        "trail": [(_("Calendars"), reverse("desk:calendars")), (found.name, "")],
    }
    return render(request, "desk/settings/calendar.html", given)


@require_POST
@needs(PERMIT)
def default_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """This calendar is that of the support hours from now on."""
    make_default(get_object_or_404(WorkingCalendar, pk=pk), by=reader(request))
    say_next(request, _("These are the support hours from now on."))
    return redirect("desk:calendar", pk=pk)


def calendar_error_words(error: CalendarError) -> str:
    return _(error.template) % error.facts


def week_of(mapping: dict[str, Any]) -> list[tuple[Any, str]]:
    """The weekdays with their hours as written; "" for a closed one."""
    return [(words, written(mapping["hours"].get(day, []))) for day, words in WEEK]


def week_words(version: Any) -> str:
    """The week in short: how many days are open, and the zone."""
    days = sum(1 for hours in version.mapping["hours"].values() if hours)
    return _("%(days)s days a week, %(zone)s") % {"days": days, "zone": version.mapping["timezone"]}


def _in_force(row: WorkingCalendar, now: Any) -> Any:
    versions = sorted(row.versions.all(), key=lambda one: (one.effective_at, one.number))
    return next((one for one in reversed(versions) if one.effective_at <= now), versions[0])


def _exceptions_ahead(version: Any, today: str) -> list[dict[str, Any]]:
    return [
        {"on": date.fromisoformat(on), "hours": written(hours), "name": version.names.get(on, "")}
        for on, hours in sorted(version.mapping.get("exceptions", {}).items())
        if on >= today
    ]
