"""Check points: how everything stands on a day, to be compared with later."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Max

from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits
from keepwell.success.road_maps.about import said_by, subjects_of
from keepwell.success.road_maps.comparing import taken
from keepwell.success.road_maps.editing import PERMIT, lock_open
from keepwell.success.road_maps.models import (
    ActionItem,
    CheckPoint,
    Goal,
    Measure,
    Milestone,
    RoadMap,
    ValueClaim,
)
from keepwell.success.road_maps.queries import latest_readings


@all_or_nothing()
def take_check_point(road_map: RoadMap, *, by: Actor, at: datetime | None = None) -> CheckPoint:
    """How it stands now is kept for good. Effects: check_point.taken. Errors: IsClosed."""
    permits.require(by, PERMIT)
    lock_open(road_map)
    at = clock.instant(at)
    newest = road_map.check_points.aggregate(newest=Max("number"))["newest"] or 0
    point = CheckPoint.objects.create(
        road_map=road_map,
        number=newest + 1,
        content=standing_of(road_map),
        taken_at=at,
        taken_by_id=said_by(by)["user_id"],
    )
    facts = {"road_map": road_map.pk, "number": point.number}
    about = subjects_of(road_map, ("check_point", point.pk))
    record("check_point.taken", by=by, at=at, subjects=about, facts=facts)
    return point


def standing_of(road_map: RoadMap) -> dict[str, Any]:
    """How everything stands now, as a check point keeps it."""
    measures = list(Measure.objects.filter(goal__road_map=road_map))
    read = latest_readings(measures)
    values = [{"id": one.pk, "value": read[one.pk].value if one.pk in read else None} for one in measures]
    things: dict[str, Any] = {
        "goal": Goal.objects.filter(road_map=road_map).values("id", "state"),
        "measure": values,
        "milestone": Milestone.objects.filter(road_map=road_map).values("id", "reached_on", "due_on"),
        "action_item": ActionItem.objects.filter(road_map=road_map).values("id", "state", "due_on"),
        "value_claim": ValueClaim.objects.filter(goal__road_map=road_map).values("id", "state"),
    }
    return taken(things)
