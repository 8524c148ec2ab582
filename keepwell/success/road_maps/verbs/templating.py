"""Templates: a road map as a pattern for others, and one begun from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from keepwell.customers.models import Account
from keepwell.journal.recording import Actor, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits
from keepwell.success.road_maps.about import said_by
from keepwell.success.road_maps.editing import PERMIT, words
from keepwell.success.road_maps.models import Goal, RoadMap, Template
from keepwell.success.road_maps.refusals import RoadMapRefused
from keepwell.success.road_maps.templating import pattern_of
from keepwell.success.road_maps.verbs.opening import open_road_map
from keepwell.success.road_maps.verbs.placing_milestones import add_milestone
from keepwell.success.road_maps.verbs.planning_actions import add_action, set_waiting
from keepwell.success.road_maps.verbs.setting_goals import add_goal, set_measure
from keepwell.success.road_maps.wanted import ActionWords, GoalWords, MeasureWords, MilestoneWords


@all_or_nothing()
def keep_as_template(road_map: RoadMap, name: str, *, by: Actor, at: datetime | None = None) -> Template:
    """Others can be begun from it, under this name. Effects: road_map_template.kept.

    Errors: RoadMapRefused for a name that another template has.
    """
    permits.require(by, PERMIT)
    name = words(name, 120, _("A template has a name of at most 120 characters. Nothing was saved."))
    if Template.objects.filter(name__iexact=name, is_active=True).exists():
        raise RoadMapRefused(_("There is a template of that name already. Nothing was saved."))
    at = clock.instant(at)
    template = Template.objects.create(
        name=name, content=pattern_of(road_map), made_by_id=said_by(by)["user_id"], made_at=at
    )
    _record("road_map_template.kept", template, by=by, at=at)
    return template


@all_or_nothing()
def retire_template(template: Template, *, by: Actor, at: datetime | None = None) -> None:
    """It is offered no more. Effects: road_map_template.retired, the first time."""
    permits.require(by, PERMIT)
    if Template.objects.filter(pk=template.pk, is_active=True).update(is_active=False):
        _record("road_map_template.retired", template, by=by, at=at)


@all_or_nothing()
def begin_from_template(
    account: Account, template: Template, first: date, *, by: Actor, at: datetime | None = None
) -> RoadMap:
    """The account has a road map with all that the template has, its days counted from this one.

    Owners are still to be found; goals are proposed. Effects: what each of its parts records. Errors:
    RoadMapRefused where the account has one that is not closed.
    """
    content = template.content
    with caused_by():
        horizon_on = first + timedelta(days=content["days"])
        road_map = open_road_map(account, horizon_on, content["vision"], by=by, at=at)
        goals = [_goal(road_map, one, first, by=by, at=at) for one in content["goals"]]
        for one in content["milestones"]:
            said = MilestoneWords(
                title=one["title"],
                due_on=first + timedelta(days=one["days"]),
                goal=_at(goals, one["goal"]),
                is_shared=one["is_shared"],
            )
            add_milestone(road_map, said, by=by, at=at)
        _actions(road_map, content["actions"], goals, first, by=by, at=at)
    return road_map


def _goal(road_map: RoadMap, one: Mapping[str, Any], first: date, *, by: Actor, at: datetime | None) -> Goal:
    said = {name: one[name] for name in ("statement", "why", "category", "priority", "is_shared")}
    goal = add_goal(road_map, GoalWords(**said), by=by, at=at)
    for measure in one["measures"]:
        wanted = MeasureWords(
            name=measure["name"],
            unit=measure["unit"],
            direction=measure["direction"],
            metric=measure["metric"],
            baseline=Decimal(measure["baseline"]),
            target=Decimal(measure["target"]),
            baseline_on=first,
            target_on=first + timedelta(days=measure["days"]),
        )
        set_measure(goal, wanted, by=by, at=at)
    return goal


def _actions(
    road_map: RoadMap,
    content: list[Mapping[str, Any]],
    goals: list[Goal],
    first: date,
    *,
    by: Actor,
    at: datetime | None,
) -> None:
    added = []
    for one in content:
        due_on = first + timedelta(days=one["days"]) if one["days"] is not None else None
        goal = _at(goals, one["goal"])
        said = ActionWords(
            title=one["title"], side=one["side"], goal=goal, due_on=due_on, is_shared=one["is_shared"]
        )
        added.append(add_action(road_map, said, by=by, at=at))
    for action, one in zip(added, content, strict=True):
        if one["waits_for"]:
            set_waiting(action, [added[place] for place in one["waits_for"]], by=by, at=at)


def _at(goals: list[Goal], place: int | None) -> Goal | None:
    return goals[place] if place is not None else None


def _record(kind: str, template: Template, *, by: Actor, at: datetime | None) -> None:
    facts = {"road_map_template": template.pk}
    record(kind, by=by, at=at, subjects=[("road_map_template", template.pk)], facts=facts)
