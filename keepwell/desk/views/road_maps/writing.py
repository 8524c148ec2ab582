"""What is written to the customer about a road map."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keepwell.desk.access import needs, reader
from keepwell.desk.views.road_maps.page import get_road_map
from keepwell.kit.identities import id_in
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say_next
from keepwell.success.road_maps.models import ActionItem, Comment, Goal, RoadMap
from keepwell.success.road_maps.verbs.commenting import comment
from keepwell.success.road_maps.verbs.erasing import redact_comment


@require_POST
@needs("road_map.take_part")
def comments(request: HttpRequest, pk: int) -> HttpResponse:
    """`goal` or `action` names what it is about; without either it is about the whole."""
    found = get_road_map(request, pk)
    try:
        comment(found, request.POST.get("body", ""), about=_about(request, found), by=reader(request))
        say_next(request, _("Written. Both sides read it."))
    except Refused as refusal:
        say_next(request, str(refusal), tone="bad")
    return redirect("desk:road_map", pk=pk)


@require_POST
@needs("message.redact")
def redaction(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    found = get_road_map(request, pk)
    redact_comment(get_object_or_404(Comment, pk=comment, road_map=found), by=reader(request))
    say_next(request, _("Its words are gone."))
    return redirect("desk:road_map", pk=pk)


def _about(request: HttpRequest, found: RoadMap) -> Goal | ActionItem | None:
    if pk := id_in(request.POST.get("goal", "")):
        return get_object_or_404(Goal, pk=pk, road_map=found)
    if pk := id_in(request.POST.get("action", "")):
        return get_object_or_404(ActionItem, pk=pk, road_map=found)
    return None
