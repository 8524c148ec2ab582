"""What a version of a road map says: a list of what is shared, and nothing that is not named here.

People stand in it by id, so that an erased one has no name in it. Numbers are texts, days as 2026-06-09.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Prefetch

from keepwell.success.road_maps.models import ActionItem, Goal, Measure, Milestone, RoadMap

GOAL = (
    "id",
    "statement",
    "why",
    "category",
    "priority",
    "sponsor_id",
    "vendor_owner_id",
    "customer_owner_id",
)
MEASURE = ("id", "name", "unit", "direction", "baseline", "baseline_on", "target", "target_on")
MILESTONE = ("id", "title", "due_on", "goal_id")
ACTION = ("id", "title", "side", "owner_user_id", "owner_contact_id", "due_on", "goal_id")


def content_of(road_map: RoadMap, *, everything: bool = False) -> dict[str, Any]:
    """The road map as it goes to the customer now; with `everything` as it stands for us. Five queries."""
    which = {} if everything else {"is_shared": True}
    goals = Goal.objects.filter(road_map=road_map, **which)
    goals = goals.prefetch_related(Prefetch("measures", Measure.objects.order_by("pk")))
    actions = ActionItem.objects.filter(road_map=road_map, **which)
    milestones = Milestone.objects.filter(road_map=road_map, **which).order_by("due_on", "pk")
    shown_goals = list(goals.order_by("priority", "pk"))
    shared = {goal.pk for goal in shown_goals}
    shown = list(actions.prefetch_related("waits_for").order_by(F("due_on").asc(nulls_last=True), "pk"))
    known = {action.pk for action in shown}
    return {
        "vision": road_map.vision,
        "horizon_on": road_map.horizon_on.isoformat(),
        "goals": [
            {**_said(goal, GOAL), "measures": _all(goal.measures.all(), MEASURE)} for goal in shown_goals
        ],
        "milestones": [_under(one, MILESTONE, shared) for one in milestones],
        "actions": [{**_under(one, ACTION, shared), "waits_for": _waits_for(one, known)} for one in shown],
    }


def _all(rows: Iterable[Any], names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [_said(row, names) for row in rows]


def _under(row: Any, names: tuple[str, ...], shared_goals: set[int]) -> dict[str, Any]:
    """A goal that is internal is not named by what stands under it."""
    said = _said(row, names)
    return said if said["goal_id"] in shared_goals else {**said, "goal_id": None}


def _waits_for(action: ActionItem, shared: set[int]) -> list[int]:
    return sorted(one.other_id for one in action.waits_for.all() if one.other_id in shared)


def _said(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | str) else str(value)
