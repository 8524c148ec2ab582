"""Milestones."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from keepwell.desk.access import needs, reader
from keepwell.desk.filling import form_page, posted
from keepwell.desk.forms.road_maps import MilestoneForm
from keepwell.desk.views.road_maps.around import around
from keepwell.desk.views.road_maps.page import get_road_map, today
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say_next
from keepwell.success.road_maps.models import Milestone, RoadMap
from keepwell.success.road_maps.verbs.placing_milestones import (
    add_milestone,
    change_milestone,
    reach_milestone,
)

PERMIT = "road_map.edit"
METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@needs(PERMIT)
def new_milestone(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_road_map(request, pk)
    form = MilestoneForm(posted(request), road_map=found)
    return form_page(
        request,
        form,
        around(found, _("New milestone")),
        lambda _wanted: add_milestone(found, form.words(), by=reader(request)),
    )


@require_http_methods(METHODS)
@needs(PERMIT)
def milestone(request: HttpRequest, pk: int, milestone: int) -> HttpResponse:
    found = get_road_map(request, pk)
    row = _milestone(found, milestone)
    form = MilestoneForm(posted(request), road_map=found, milestone=row)
    return form_page(
        request,
        form,
        around(found, _("Milestone")),
        lambda _wanted: change_milestone(row, form.words(), by=reader(request)),
    )


@require_POST
@needs(PERMIT)
def reaching(request: HttpRequest, pk: int, milestone: int) -> HttpResponse:
    """Reached today; asked for again, not reached after all."""
    row = _milestone(get_road_map(request, pk), milestone)
    try:
        reach_milestone(row, None if row.reached_on else today(), by=reader(request))
        say_next(request, _("Reached.") if row.reached_on else _("Not reached after all."))
    except Refused as refusal:
        say_next(request, str(refusal), tone="bad")
    return redirect("desk:road_map", pk=pk)


def _milestone(found: RoadMap, milestone: int) -> Milestone:
    rows = Milestone.objects.select_related("road_map")
    row: Milestone = get_object_or_404(rows, pk=milestone, road_map=found)
    return row
