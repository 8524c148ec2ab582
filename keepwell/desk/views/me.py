"""The reader himself: where he is, what he is called, how he reads times."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from keepwell.desk.access import reader, staff_only
from keepwell.desk.forms.me import MeForm
from keepwell.journal.recording import caused_by
from keepwell.kit.toasting import say_next
from keepwell.people.models import User
from keepwell.people.verbs.choosing_zone import choose_time_zone
from keepwell.people.verbs.renaming import rename_person
from keepwell.staffing.models import Presence
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


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def me(request: HttpRequest) -> HttpResponse:
    user = reader(request)
    kept = {"name": user.name, "time_zone": user.time_zone, "locale": user.locale}
    form = MeForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        _save(user, form)
        say_next(request, _("Saved."))
        return redirect("desk:me")
    return render(request, "desk/me.html", {"form": form})


def _save(user: User, form: MeForm) -> None:
    wanted = form.cleaned_data
    with caused_by():
        rename_person(user, name=wanted["name"], locale=wanted["locale"], by=user)
        choose_time_zone(user, wanted["time_zone"], by=user)
