"""The reader himself: where he is, what he is called, how he reads times."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from keepwell.desk.access import reader, staff_only
from keepwell.desk.filling import done, posted
from keepwell.desk.forms.me import MeForm
from keepwell.desk.forms.people import DaysOffForm
from keepwell.journal.recording import caused_by
from keepwell.kit import clock
from keepwell.kit.toasting import say_next
from keepwell.people.models import User
from keepwell.people.verbs.choosing_zone import choose_time_zone
from keepwell.people.verbs.renaming import rename_person
from keepwell.staffing.models import Presence, TimeOff
from keepwell.staffing.verbs.absence import give_back_time_off, take_time_off
from keepwell.staffing.verbs.profiling import say_presence


@require_POST
@staff_only
def presence(request: HttpRequest) -> HttpResponse:
    """Says where the reader is; anything but a known presence changes nothing."""
    said = request.POST.get("presence", "")
    if said in Presence.values:
        say_presence(reader(request), said)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "desk/shell/_own_presence.html")
    return redirect("desk:home")


@require_POST
@staff_only
def days_off(request: HttpRequest) -> HttpResponse:
    """The reader takes days off."""
    user = reader(request)
    form = DaysOffForm(user, request.POST)
    if done(form, lambda wanted: take_time_off(user, **wanted, by=user)):
        say_next(request, _("Saved."))
        return redirect("desk:me")
    return _page(request, days=form)


@require_POST
@staff_only
def days_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The reader works on these days after all."""
    user = reader(request)
    give_back_time_off(get_object_or_404(TimeOff, pk=pk, user=user), by=user)
    return redirect("desk:me")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def me(request: HttpRequest) -> HttpResponse:
    user = reader(request)
    form = _me_form(user, posted(request))
    if request.method == "POST" and form.is_valid():
        _save(user, form)
        say_next(request, _("Saved."))
        return redirect("desk:me")
    return _page(request, form=form)


def _save(user: User, form: MeForm) -> None:
    wanted = form.cleaned_data
    with caused_by():
        rename_person(user, name=wanted["name"], locale=wanted["locale"], by=user)
        choose_time_zone(user, wanted["time_zone"], by=user)


def _me_form(user: User, data: Any = None) -> MeForm:
    kept = {"name": user.name, "time_zone": user.time_zone, "locale": user.locale}
    return MeForm(data, initial=kept)


def _page(
    request: HttpRequest, *, form: MeForm | None = None, days: DaysOffForm | None = None
) -> HttpResponse:
    user = reader(request)
    given = {
        "form": form or _me_form(user),
        "days": days or DaysOffForm(user),
        "time_off": user.time_off.filter(ends_on__gte=clock.now().date()),
    }
    has_errors = any(one is not None and one.errors for one in (form, days))
    return render(request, "desk/me.html", given, status=422 if has_errors else 200)
