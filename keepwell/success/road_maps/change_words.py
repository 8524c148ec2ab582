"""What changed between two check points, in words: the things by what they are called now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.utils.translation import pgettext

from keepwell.success.road_maps.comparing import Change
from keepwell.success.road_maps.models import ActionItem, Goal, Measure, Milestone, RoadMap, ValueClaim
from keepwell.success.road_maps.models.action_item import STATES as ACTION_STATES
from keepwell.success.road_maps.models.goal import STATES as GOAL_STATES
from keepwell.success.road_maps.models.value_claim import STATES as CLAIM_STATES

STATES = {
    "goal": dict(GOAL_STATES),
    "action_item": dict(ACTION_STATES),
    "value_claim": dict(CLAIM_STATES),
}
NOUNS = {
    "goal": _later("Goal"),
    "measure": _later("Measure"),
    "milestone": _later("Milestone"),
    "action_item": _later("Action"),
    "value_claim": _later("Value"),
}


def changes_told(road_map: RoadMap, found: Iterable[Change]) -> list[str]:
    """A sentence each; five queries for all of them, or none where nothing changed."""
    found = list(found)
    if not found:
        return []
    names = _names(road_map)
    return [_sentence(one, names.get((one.noun, one.id), "")) for one in found if not _is_noise(one)]


def _is_noise(one: Change) -> bool:
    """Of an action that is new its state is told, and not its day as well."""
    return one.noun == "action_item" and one.what == "due_on" and one.before is None


def _sentence(one: Change, name: str) -> str:
    values = {
        "noun": NOUNS[one.noun],
        "name": name,
        "before": _value(one, one.before),
        "after": _value(one, one.after),
    }
    if one.what == "due_on" and one.before is None:
        return _("%(noun)s %(name)s: due %(after)s, new") % values
    if one.what == "due_on":
        return _("%(noun)s %(name)s: due %(after)s instead of %(before)s") % values
    if one.what == "reached_on":
        return _("%(noun)s %(name)s: reached %(after)s") % values
    if one.before is None:
        return _("%(noun)s %(name)s: %(after)s, new") % values
    return _("%(noun)s %(name)s: %(after)s instead of %(before)s") % values


def _value(one: Change, value: Any) -> Any:
    if value is None:
        return _("nothing")
    if one.what == "state":
        return STATES[one.noun].get(value, value)
    if one.what in ("due_on", "reached_on"):
        return dateformat.format(
            date.fromisoformat(value), pgettext("date with year, as a date format", "j M Y")
        )
    return value


def _names(road_map: RoadMap) -> dict[tuple[str, int], str]:
    goals = dict(Goal.objects.filter(road_map=road_map).values_list("pk", "statement"))
    measures = Measure.objects.filter(goal__road_map=road_map).values_list("pk", "name")
    milestones = Milestone.objects.filter(road_map=road_map).values_list("pk", "title")
    actions = ActionItem.objects.filter(road_map=road_map).values_list("pk", "title")
    claims = ValueClaim.objects.filter(goal__road_map=road_map).values_list("pk", "goal")
    return {
        **{("goal", pk): name for pk, name in goals.items()},
        **{("measure", pk): name for pk, name in measures},
        **{("milestone", pk): name for pk, name in milestones},
        **{("action_item", pk): name for pk, name in actions},
        **{("value_claim", pk): goals.get(goal, "") for pk, goal in claims},
    }
