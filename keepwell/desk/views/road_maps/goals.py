"""Goals, their measures and readings."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keepwell.desk.access import needs, reader
from keepwell.desk.filling import form_page, posted
from keepwell.desk.forms.road_maps import GoalForm, GoalStateForm, MeasureForm, ReadingForm
from keepwell.desk.views.road_maps.around import around
from keepwell.desk.views.road_maps.page import get_road_map, today
from keepwell.kit.wording import written_out
from keepwell.success.road_maps.models import Goal, Measure, RoadMap
from keepwell.success.road_maps.verbs.reading import read_measure
from keepwell.success.road_maps.verbs.setting_goals import add_goal, change_goal, move_goal, set_measure

PERMIT = "road_map.edit"
METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@needs(PERMIT)
def new_goal(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_road_map(request, pk)
    form = GoalForm(posted(request), account=found.account)
    return form_page(
        request,
        form,
        around(found, _("New goal")),
        lambda _wanted: add_goal(found, form.words(), by=reader(request)),
    )


@require_http_methods(METHODS)
@needs(PERMIT)
def goal(request: HttpRequest, pk: int, goal: int) -> HttpResponse:
    found = get_road_map(request, pk)
    row = get_goal(found, goal)
    form = GoalForm(posted(request), account=found.account, goal=row)
    return form_page(
        request,
        form,
        around(found, _("Goal")),
        lambda _wanted: change_goal(row, form.words(), by=reader(request)),
    )


@require_http_methods(METHODS)
@needs(PERMIT)
def state(request: HttpRequest, pk: int, goal: int) -> HttpResponse:
    found = get_road_map(request, pk)
    row = get_goal(found, goal)
    form = GoalStateForm(posted(request), goal=row)
    return form_page(
        request,
        form,
        around(found, row.statement),
        lambda wanted: move_goal(row, wanted["state"], by=reader(request)),
    )


@require_http_methods(METHODS)
@needs(PERMIT)
def new_measure(request: HttpRequest, pk: int, goal: int) -> HttpResponse:
    found = get_road_map(request, pk)
    row = get_goal(found, goal)
    form = MeasureForm(posted(request), initial={"baseline_on": today(), "target_on": found.horizon_on})
    return form_page(
        request,
        form,
        around(found, _("How it is measured")),
        lambda _wanted: set_measure(row, form.words(), by=reader(request)),
    )


@require_http_methods(METHODS)
@needs(PERMIT)
def measure(request: HttpRequest, pk: int, goal: int, measure: int) -> HttpResponse:
    found = get_road_map(request, pk)
    row = _measure(found, goal, measure)
    initial = {name: getattr(row, name) for name in MeasureForm.base_fields}
    form = MeasureForm(posted(request), initial=initial)

    def do(_wanted: Any) -> None:
        set_measure(row.goal, form.words(), instead_of=row, by=reader(request))

    return form_page(request, form, around(found, row.name), do)


@require_http_methods(METHODS)
@needs(PERMIT)
def reading(request: HttpRequest, pk: int, goal: int, measure: int) -> HttpResponse:
    found = get_road_map(request, pk)
    row = _measure(found, goal, measure)
    form = ReadingForm(posted(request), initial={"on": today()})

    def do(wanted: Any) -> None:
        read_measure(row, wanted["value"], wanted["on"], by=reader(request))

    about = _("%(name)s, from %(baseline)s to %(target)s %(unit)s") % {
        "name": row.name,
        "baseline": written_out(row.baseline),
        "target": written_out(row.target),
        "unit": row.unit,
    }
    return form_page(request, form, around(found, _("What it is now"), about=about), do)


def get_goal(found: RoadMap, goal: int) -> Goal:
    row: Goal = get_object_or_404(Goal.objects.select_related("road_map"), pk=goal, road_map=found)
    return row


def _measure(found: RoadMap, goal: int, measure: int) -> Measure:
    rows = Measure.objects.select_related("goal__road_map")
    row: Measure = get_object_or_404(rows, pk=measure, goal=goal, goal__road_map=found)
    return row
