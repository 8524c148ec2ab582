"""What the reader sets of himself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from keepwell.customers.verbs.changing import change_contact
from keepwell.journal.recording import caused_by
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say_next
from keepwell.people.verbs.choosing_zone import choose_time_zone
from keepwell.people.verbs.renaming import rename_person
from keepwell.portal.forms import MeForm
from keepwell.portal.readers import Reader, customers_only, read_by
from keepwell.success.engagements.verbs.feeding import address_of, close_feed, feed_of, open_feed

CALENDAR_ACTS: Mapping[str, Callable[..., object]] = {"opening": open_feed, "closing": close_feed}


@require_http_methods(["GET", "HEAD", "POST"])
@customers_only
def me(request: HttpRequest) -> HttpResponse:
    reader = read_by(request)
    user = reader.actor
    kept = {"name": user.name, "time_zone": user.time_zone, "locale": user.locale}
    form = MeForm(request.POST if request.method == "POST" else None, initial=kept)
    if form.is_valid() and _saved(reader, form):
        say_next(request, _("Saved."))
        return redirect("portal:me")
    feed = feed_of(user)
    given = {"reader": reader, "form": form, "calendar": address_of(feed) if feed else ""}
    return render(request, "portal/me.html", given, status=422 if form.errors else 200)


@require_POST
@customers_only
def calendar_act(request: HttpRequest, act: str) -> HttpResponse:
    """The address of the reader's calendar is made, made anew, or closed."""
    if act not in CALENDAR_ACTS:
        raise Http404
    user = read_by(request).actor
    CALENDAR_ACTS[act](user, by=user)
    say_next(request, _("Saved."))
    return redirect("portal:me")


def _saved(reader: Reader, form: MeForm) -> bool:
    try:
        _save(reader, form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return not form.errors


def _save(reader: Reader, wanted: dict[str, Any]) -> None:
    user, name, locale = reader.actor, wanted["name"], wanted["locale"]
    with caused_by():
        if reader.contact:
            change_contact(reader.contact, name=name, locale=locale, by=user)
        rename_person(user, name=name, locale=locale, by=user)
        choose_time_zone(user, wanted["time_zone"], by=user)
