"""Actions of both sides."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keepwell.desk.access import needs, reader
from keepwell.desk.filling import form_page, posted
from keepwell.desk.forms.road_maps import ActionForm, ActionStateForm, DueForm
from keepwell.desk.views.road_maps.around import around
from keepwell.desk.views.road_maps.page import get_road_map
from keepwell.journal.recording import caused_by
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people.models import User
from keepwell.success.road_maps.models import ActionItem, RoadMap
from keepwell.success.road_maps.verbs.moving_actions import move_action
from keepwell.success.road_maps.verbs.planning_actions import (
    add_action,
    change_action,
    change_due,
    set_waiting,
)

PERMIT, TAKES_PART = "road_map.edit", "road_map.take_part"
METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@needs(PERMIT)
def new_action(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_road_map(request, pk)
    form = ActionForm(posted(request), road_map=found)
    return form_page(
        request,
        form,
        around(found, _("New action")),
        lambda _wanted: _save(found, None, form, reader(request)),
    )


@require_http_methods(METHODS)
@needs(PERMIT)
def action(request: HttpRequest, pk: int, action: int) -> HttpResponse:
    found = get_road_map(request, pk)
    row = _action(found, action)
    form = ActionForm(posted(request), road_map=found, action=row)
    return form_page(
        request, form, around(found, _("Action")), lambda _wanted: _save(found, row, form, reader(request))
    )


@require_http_methods(METHODS)
@needs(TAKES_PART)
def state(request: HttpRequest, pk: int, action: int) -> HttpResponse:
    """By whoever edits road maps, and by the one who does it."""
    found = get_road_map(request, pk)
    row = _action(found, action)

    def do(wanted: Any) -> None:
        move_action(
            row, wanted["state"], reason=wanted["reason"], waives=wanted["waives"], by=reader(request)
        )

    return form_page(request, ActionStateForm(posted(request), action=row), around(found, row.title), do)


@require_http_methods(METHODS)
@needs(PERMIT)
def due(request: HttpRequest, pk: int, action: int) -> HttpResponse:
    found = get_road_map(request, pk)
    row = _action(found, action)
    about = _("The day before is kept: both sides see that it was moved.")
    form = DueForm(posted(request), initial={"due_on": row.due_on})

    def do(wanted: Any) -> None:
        change_due(row, wanted["due_on"], reason=wanted["reason"], by=reader(request))

    return form_page(request, form, around(found, row.title, about=about), do)


@all_or_nothing()
def _save(found: RoadMap, row: ActionItem | None, form: ActionForm, by: User) -> None:
    with caused_by():
        if row is None:
            row = add_action(found, form.words(), by=by)
        else:
            change_action(row, form.words(), by=by)
        set_waiting(row, form.cleaned_data["waits_for"], by=by)


def _action(found: RoadMap, action: int) -> ActionItem:
    rows = ActionItem.objects.select_related("road_map")
    row: ActionItem = get_object_or_404(rows, pk=action, road_map=found)
    return row
