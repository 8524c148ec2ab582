"""The road map as it is shared with the customer: goals, what is done, what comes next, what it was worth.

{"road_map": None where nothing is shared; "horizon_on", "goals": [{"statement", "state", "measures":
[{"name", "unit", "baseline", "target", "target_on", "value", "position", "expected"}]}], "done", "total",
"late", "next": [{"title", "side", "due_on", "is_late"}], "returns": [{"currency", "confirmed_cents", "
""claimed_cents",
"cost_cents", "ratio"}]}. Nobody's name stands in it.
"""

from __future__ import annotations

from keepwell.success.reviews.gathering.asked import Asked, Data, exact
from keepwell.success.road_maps.models import RoadMap
from keepwell.success.road_maps.queries import return_on_investment, shared_version
from keepwell.success.road_maps.returns import Return
from keepwell.success.road_maps.showing import ShownAction, ShownGoal, ShownMeasure, shared

NEXT = 8


def read(asked: Asked) -> Data:
    road_map = RoadMap.objects.filter(account=asked.account, closed_at__isnull=True).first()
    version = shared_version(road_map) if road_map else None
    returns = [_return(one) for one in return_on_investment(asked.account, asked.span)]
    if road_map is None or version is None:
        return {"road_map": None, "returns": returns}
    shown = shared(road_map, version, asked.span.last)
    still_open = [one for one in shown.actions if one.is_open]
    return {
        "road_map": road_map.pk,
        "horizon_on": shown.horizon_on.isoformat(),
        "goals": [_goal(one) for one in shown.goals],
        "done": shown.completion.done,
        "total": shown.completion.total,
        "late": shown.completion.late,
        "next": [_action(one) for one in still_open[:NEXT]],
        "returns": returns,
    }


def _goal(goal: ShownGoal) -> Data:
    return {
        "statement": goal.statement,
        "state": goal.state,
        "measures": [_measure(one) for one in goal.measures],
    }


def _measure(measure: ShownMeasure) -> Data:
    return {
        "name": measure.name,
        "unit": measure.unit,
        "baseline": exact(measure.way.baseline),
        "target": exact(measure.way.target),
        "target_on": measure.way.target_on.isoformat(),
        "value": exact(measure.value),
        "position": exact(measure.position),
        "expected": exact(measure.expected),
    }


def _action(action: ShownAction) -> Data:
    return {
        "title": action.title,
        "side": action.side,
        "due_on": exact(action.due_on),
        "is_late": action.is_late,
    }


def _return(one: Return) -> Data:
    return {
        "currency": one.currency,
        "confirmed_cents": one.confirmed_cents,
        "claimed_cents": one.claimed_cents,
        "cost_cents": one.cost_cents,
        "ratio": exact(one.ratio),
    }
