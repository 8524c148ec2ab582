"""A road map as a pattern for others: words and numbers, days counted from its first day, nobody's name."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from keepwell.success.road_maps.models import ActionItem, Goal, Milestone, RoadMap
from keepwell.success.road_maps.states import ActionState, GoalState

GOAL = ("statement", "why", "category", "priority", "is_shared")
MEASURE = ("name", "unit", "direction", "metric")


def pattern_of(road_map: RoadMap) -> dict[str, Any]:
    """What a template keeps of it; goals and actions that were dropped are left out."""
    first = timezone.localtime(road_map.opened_at).date()
    goals = list(
        Goal.objects.filter(road_map=road_map).exclude(state=GoalState.DROPPED).prefetch_related("measures")
    )
    places = {goal.pk: place for place, goal in enumerate(goals)}
    actions = ActionItem.objects.filter(road_map=road_map).exclude(state=ActionState.DROPPED)
    ordered = list(actions.prefetch_related("waits_for").order_by("pk"))
    action_places = {action.pk: place for place, action in enumerate(ordered)}
    return {
        "vision": road_map.vision,
        "days": _days(first, road_map.horizon_on),
        "goals": [_goal(goal, first) for goal in goals],
        "milestones": [
            {
                "title": one.title,
                "days": _days(first, one.due_on),
                "goal": places.get(one.goal_id or 0),
                "is_shared": one.is_shared,
            }
            for one in Milestone.objects.filter(road_map=road_map)
        ],
        "actions": [_action(one, first, places, action_places) for one in ordered],
    }


def _goal(goal: Goal, first: date) -> dict[str, Any]:
    return {
        **{name: getattr(goal, name) for name in GOAL},
        "measures": [
            {
                **{name: getattr(one, name) for name in MEASURE},
                "baseline": str(one.baseline),
                "target": str(one.target),
                "days": max(1, _days(first, one.target_on)),
            }
            for one in goal.measures.all()
        ],
    }


def _action(
    action: ActionItem, first: date, goals: dict[int, int], actions: dict[int, int]
) -> dict[str, Any]:
    return {
        "title": action.title,
        "side": action.side,
        "days": _days(first, action.due_on) if action.due_on else None,
        "goal": goals.get(action.goal_id or 0),
        "is_shared": action.is_shared,
        "waits_for": sorted(
            actions[one.other_id] for one in action.waits_for.all() if one.other_id in actions
        ),
    }


def _days(first: date, on: date) -> int:
    return max(0, (on - first).days)
