"""A road map begins, is for something else, is closed, or is kept as a pattern for others."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from keepwell.desk.access import needs, reader
from keepwell.desk.filling import FormPage, form_page, posted
from keepwell.desk.forms.road_maps import NewRoadMapForm, RoadMapForm, TemplateForm
from keepwell.desk.views.accounts.page import get_account
from keepwell.desk.views.road_maps.page import get_road_map, today, trail
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say_next
from keepwell.success.road_maps.verbs.opening import change_road_map, close_road_map, open_road_map
from keepwell.success.road_maps.verbs.templating import begin_from_template, keep_as_template

PERMIT = "road_map.edit"
METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@needs(PERMIT)
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_account(request, pk)
    title = _("Begin a road map")
    around = FormPage(
        title=title,
        back=reverse("desk:account_road_map", args=[pk]),
        done=_("Begun. Nobody at the customer sees it before you share it."),
        save=_("Begin"),
        trail=[
            (_("Accounts"), reverse("desk:accounts")),
            (found.name, reverse("desk:account", args=[pk])),
            (title, ""),
        ],
    )

    def do(wanted: Any) -> None:
        if wanted["template"]:
            begin_from_template(found, wanted["template"], today(), by=reader(request))
        else:
            open_road_map(found, wanted["horizon_on"], wanted["vision"], by=reader(request))

    return form_page(request, NewRoadMapForm(posted(request)), around, do)


@require_http_methods(METHODS)
@needs(PERMIT)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_road_map(request, pk)
    title = _("Vision and horizon")
    form = RoadMapForm(posted(request), initial={"horizon_on": found.horizon_on, "vision": found.vision})
    around = FormPage(
        title=title, back=reverse("desk:road_map", args=[pk]), done=_("Saved."), trail=trail(found, title)
    )

    def do(wanted: Any) -> None:
        change_road_map(found, wanted["horizon_on"], wanted["vision"], by=reader(request))

    return form_page(request, form, around, do)


@require_POST
@needs(PERMIT)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        close_road_map(get_road_map(request, pk), by=reader(request))
        say_next(request, _("Closed. It stays to be read, and another can begin."))
    except Refused as refusal:
        say_next(request, str(refusal), tone="bad")
    return redirect("desk:road_map", pk=pk)


@require_http_methods(METHODS)
@needs(PERMIT)
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_road_map(request, pk)
    title = _("Keep as a template")
    around = FormPage(
        title=title,
        back=reverse("desk:road_map", args=[pk]),
        done=_("Kept. It is offered where a road map begins."),
        about=_(
            "Goals, measures, milestones and actions, with their days counted from the first; nobody's name."
        ),
        trail=trail(found, title),
    )
    return form_page(
        request,
        TemplateForm(posted(request)),
        around,
        lambda wanted: keep_as_template(found, wanted["name"], by=reader(request)),
    )
