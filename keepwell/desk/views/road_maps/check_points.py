"""Check points: what changed from one to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from keepwell.desk.access import needs, reader
from keepwell.desk.views.road_maps.page import PERMIT, get_road_map, trail
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say_next
from keepwell.success.road_maps.change_words import changes_told
from keepwell.success.road_maps.comparing import changes
from keepwell.success.road_maps.models import CheckPoint, RoadMap
from keepwell.success.road_maps.verbs.checking_points import standing_of, take_check_point

AT_ONCE = 24


@require_safe
@needs(PERMIT)
def check_points(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest first, each with what changed since the one before; first what changed since."""
    found = get_road_map(request, pk)
    points = list(found.check_points.select_related("taken_by")[: AT_ONCE + 1])
    title = _("Check points")
    given = {
        "road_map": found,
        "trail": trail(found, title),
        "since": _told(found, points[0].content if points else {}, standing_of(found)) if points else [],
        "points": _with_changes(found, points),
    }
    return render(request, "desk/road_maps/check_points.html", given)


@require_POST
@needs("road_map.edit")
def take(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        point = take_check_point(get_road_map(request, pk), by=reader(request))
        say_next(request, _("Check point %(number)s is kept.") % {"number": point.number})
    except Refused as refusal:
        say_next(request, str(refusal), tone="bad")
    return redirect("desk:road_map_check_points", pk=pk)


def _with_changes(found: RoadMap, points: Sequence[CheckPoint]) -> list[dict[str, Any]]:
    before: list[Mapping[str, Any]] = [*(point.content for point in points[1:]), {}]
    pairs = list(zip(points, before, strict=False))[:AT_ONCE]
    return [{"point": point, "changes": _told(found, earlier, point.content)} for point, earlier in pairs]


def _told(found: RoadMap, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return changes_told(found, changes(before, after))
