"""Rotas: set, changed, ended; who stands in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from keepwell.desk.access import needs, reader, staff_only
from keepwell.desk.filling import FormPage, done, form_page, posted
from keepwell.desk.forms.on_call import RotaForm, StandInForm
from keepwell.insight.queries import support_zone
from keepwell.kit import clock
from keepwell.kit.toasting import say_next
from keepwell.people import permits
from keepwell.staffing.models import Rota, StandIn
from keepwell.staffing.verbs.rotas import PERMIT, end_rota, set_rota, stand_in, withdraw_stand_in


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMIT)
def new_rota(request: HttpRequest) -> HttpResponse:
    return _rota_form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def rota(request: HttpRequest, pk: int) -> HttpResponse:
    """A rota with who stands in; whoever sets up teams may change its turns."""
    found = _get(pk)
    if request.method == "POST":
        permits.require(reader(request), PERMIT)
        return _rota_form(request, found)
    return _page(request, found)


@require_POST
@needs(PERMIT)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    end_rota(_get(pk), by=reader(request))
    say_next(request, _("The rota has ended."))
    return redirect("desk:on_call")


@require_POST
@staff_only
def stand_ins(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody stands in: oneself, or whomever who sets up teams may choose."""
    found, who = _get(pk), reader(request)
    form = StandInForm(who, request.POST)
    if done(form, lambda wanted: stand_in(found, **wanted, by=who)):
        say_next(request, _("Saved."))
        return redirect("desk:rota", pk=pk)
    return _page(request, found, stand_in=form)


@require_POST
@staff_only
def stand_in_back(request: HttpRequest, pk: int, stand_in: int) -> HttpResponse:
    withdraw_stand_in(get_object_or_404(StandIn, pk=stand_in, rota=_get(pk)), by=reader(request))
    return redirect("desk:rota", pk=pk)


def _get(pk: int) -> Rota:
    return get_object_or_404(Rota.objects.standing().with_turns(), pk=pk)


def _rota_form(request: HttpRequest, rota: Rota | None) -> HttpResponse:
    back = reverse("desk:on_call")
    form = RotaForm(rota, posted(request), zone=str(support_zone(clock.now())))

    def save(_filled: Mapping[str, Any]) -> None:
        set_rota(form.cleaned_data["team"], form.terms, form.people, rota=rota, by=reader(request))

    page = FormPage(
        title=rota.name if rota else _("New rota"),
        about=_("They are on call one after the other; who comes next is next in line."),
        back=back,
        done=_("Saved."),
        trail=[(_("On call"), back), (rota.name if rota else _("New rota"), "")],
    )
    return form_page(request, form, page, save)


def _page(request: HttpRequest, rota: Rota, *, stand_in: StandInForm | None = None) -> HttpResponse:
    who = reader(request)
    may_change = permits.may(who, PERMIT)
    standing = StandIn.objects.filter(rota=rota, ends_at__gt=clock.now()).select_related("user")
    given = {
        "rota": rota,
        "form": RotaForm(rota) if may_change else None,
        "stand_in": stand_in or StandInForm(who),
        "standing": [(one, may_change or one.user_id == who.pk) for one in standing],
        "trail": [(_("On call"), reverse("desk:on_call")), (rota.name, "")],
    }
    status = 422 if stand_in and stand_in.errors else 200
    return render(request, "desk/on_call/rota.html", given, status=status)
