"""The reader's calendars: the one kept elsewhere that is looked into, and the one to subscribe to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from keepwell.desk.access import reader, staff_only
from keepwell.desk.filling import done
from keepwell.desk.forms.engagements import BusyCalendarForm
from keepwell.kit.toasting import say_next
from keepwell.people.models import User
from keepwell.success.engagements.jobs import look_into_calendar
from keepwell.success.engagements.models import BusyCalendar
from keepwell.success.engagements.verbs.busy_calendars import end_subscription, subscribe
from keepwell.success.engagements.verbs.feeding import address_of, close_feed, feed_of, open_feed

ACTS: Mapping[str, Callable[[User], object]] = {
    "opening": lambda who: open_feed(who, by=who),
    "closing": lambda who: close_feed(who, by=who),
    "ending": lambda who: end_subscription(who, by=who),
}


@require_safe
@staff_only
def calendars(request: HttpRequest) -> HttpResponse:
    return _page(request, BusyCalendarForm())


@require_POST
@staff_only
def busy_calendar(request: HttpRequest) -> HttpResponse:
    """A calendar kept elsewhere is looked into from now on."""
    who, form = reader(request), BusyCalendarForm(request.POST)

    def begin(wanted: Any) -> None:
        look_into_calendar.defer(calendar=subscribe(who, wanted["address"], by=who).pk)

    if done(form, begin):
        say_next(request, _("Saved. It is looked into within a minute."))
        return redirect("desk:my_calendars")
    return _page(request, form, status=422)


@require_POST
@staff_only
def calendar_act(request: HttpRequest, act: str) -> HttpResponse:
    """The address is made, made anew or closed; the calendar elsewhere is looked into no more."""
    if act not in ACTS:
        raise Http404
    ACTS[act](reader(request))
    say_next(request, _("Saved."))
    return redirect("desk:my_calendars")


def _page(request: HttpRequest, form: BusyCalendarForm, status: int = 200) -> HttpResponse:
    feed = feed_of(reader(request))
    given = {
        "form": form,
        "busy": BusyCalendar.objects.filter(user=reader(request)).first(),
        "address": address_of(feed) if feed else "",
    }
    return render(request, "desk/engagements/calendars.html", given, status=status)
