"""Goals, and what they are measured by."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from keepwell.journal.recording import Actor, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits
from keepwell.success.road_maps.about import subjects_of
from keepwell.success.road_maps.editing import (
    LONGEST,
    PERMIT,
    begin_edit,
    lock_open,
    require_of_account,
    require_staff,
    set_columns,
    words,
)
from keepwell.success.road_maps.models import Goal, Measure, RoadMap
from keepwell.success.road_maps.models.goal import CATEGORIES
from keepwell.success.road_maps.progress import is_reached
from keepwell.success.road_maps.queries import latest_readings
from keepwell.success.road_maps.refusals import NotYet, RoadMapRefused
from keepwell.success.road_maps.states import ENDED, ClaimState, Direction, GoalState, Source, goal_may_go
from keepwell.success.road_maps.wanted import GoalWords, MeasureWords


@all_or_nothing()
def add_goal(road_map: RoadMap, wanted: GoalWords, *, by: Actor, at: datetime | None = None) -> Goal:
    """The goal stands on the road map, proposed. Effects: goal.added; road_map.drafted.

    Errors: IsClosed, RoadMapRefused.
    """
    with caused_by():
        begin_edit(road_map, by=by, at=at)
        columns = _checked(road_map, wanted)
        goal = Goal.objects.create(road_map=road_map, added_at=clock.instant(at), **columns)
        _record("goal.added", goal, {}, by=by, at=at)
    return goal


@all_or_nothing()
def change_goal(goal: Goal, wanted: GoalWords, *, by: Actor, at: datetime | None = None) -> None:
    """The goal says this from now on; the same is no news. Effects: goal.changed; road_map.drafted.

    Errors: IsClosed; RoadMapRefused, also where an active goal would lose an owner.
    """
    permits.require(by, PERMIT)
    road_map = goal.road_map
    lock_open(road_map)
    goal.refresh_from_db()
    columns = _checked(road_map, wanted)
    if goal.state == GoalState.ACTIVE and not (columns["vendor_owner"] and columns["customer_owner"]):
        raise RoadMapRefused(_("An active goal needs somebody on either side. Nothing was saved."))
    if all(getattr(goal, name) == value for name, value in columns.items()):
        return
    with caused_by():
        begin_edit(road_map, by=by, at=at)
        changed = set_columns(goal, columns)
        _record("goal.changed", goal, {"fields": changed}, by=by, at=at)


@all_or_nothing()
def move_goal(goal: Goal, to: str, *, by: Actor, at: datetime | None = None) -> None:
    """The goal is active, achieved, partly so, missed or dropped from now on. Effects: goal.moved.

    Active takes a measure and an owner on either side; achieved takes readings that reach every target, or
    value of it that the customer confirmed. Errors: IsClosed, NotYet; RoadMapRefused for a way that is none.
    """
    permits.require(by, PERMIT)
    lock_open(goal.road_map)
    goal.refresh_from_db()
    before = goal.state
    if before == to:
        return
    if not goal_may_go(before, to):
        raise RoadMapRefused(_("A goal cannot go there from where it is. Nothing was changed."))
    _require_ready(goal, GoalState(to))
    goal.state = GoalState(to).value
    goal.ended_at = clock.instant(at) if to in ENDED else None
    goal.save(update_fields=["state", "ended_at"])
    _record("goal.moved", goal, {"from_state": before, "to_state": goal.state}, by=by, at=at)


@all_or_nothing()
def set_measure(
    goal: Goal,
    wanted: MeasureWords,
    *,
    instead_of: Measure | None = None,
    by: Actor,
    at: datetime | None = None,
) -> Measure:
    """The goal is measured by this; `instead_of` changes one that is there and keeps its readings.

    Effects: measure.set; road_map.drafted. Errors: IsClosed; RoadMapRefused for a target behind the baseline.
    """
    with caused_by():
        begin_edit(goal.road_map, by=by, at=at)
        columns = _checked_measure(wanted)
        if instead_of is None:
            measure = Measure.objects.create(goal=goal, **columns)
        else:
            measure = instead_of
            if not set_columns(measure, columns):
                return measure
        _record("measure.set", goal, {"measure": measure.pk}, by=by, at=at)
    return measure


def _checked(road_map: RoadMap, wanted: GoalWords) -> dict[str, Any]:
    require_of_account(
        road_map,
        wanted.sponsor,
        wanted.customer_owner,
        refusal=_("Sponsor and owner on their side are people of this account. Nothing was saved."),
    )
    require_staff(wanted.vendor_owner, _("The owner on our side is one of our people. Nothing was saved."))
    if wanted.category not in dict(CATEGORIES) or wanted.priority not in (1, 2, 3):
        raise RoadMapRefused(_("That category or priority is not known. Nothing was saved."))
    why = wanted.why.strip()
    if len(why) > LONGEST:
        raise RoadMapRefused(
            _("That is more than %(most)s characters. Nothing was saved.") % {"most": LONGEST}
        )
    return {
        "statement": words(
            wanted.statement, 300, _("A goal is said in 1 to 300 characters. Nothing was saved.")
        ),
        "why": why,
        "category": wanted.category,
        "priority": wanted.priority,
        "sponsor": wanted.sponsor,
        "vendor_owner": wanted.vendor_owner,
        "customer_owner": wanted.customer_owner,
        "is_shared": wanted.is_shared,
    }


def _checked_measure(wanted: MeasureWords) -> dict[str, Any]:
    columns: dict[str, Any] = {
        "name": words(
            wanted.name, 200, _("A measure has a name of at most 200 characters. Nothing was saved.")
        ),
        "unit": " ".join(wanted.unit.split())[:40],
        "direction": Direction(wanted.direction).value,
        "baseline": wanted.baseline,
        "baseline_on": wanted.baseline_on,
        "target": wanted.target,
        "target_on": wanted.target_on,
        "source": (Source.METRIC if wanted.metric else Source.BY_HAND).value,
        "metric": wanted.metric,
    }
    names = ("direction", "baseline", "baseline_on", "target", "target_on")
    if not Measure(**{name: columns[name] for name in names}).way.is_sound:
        raise RoadMapRefused(
            _("The target has to lie ahead: in its direction from the baseline, later. Nothing was saved.")
        )
    return columns


def _require_ready(goal: Goal, to: GoalState) -> None:
    if to == GoalState.ACTIVE:
        if not goal.measures.exists():
            raise NotYet(
                _("A goal needs a measure before it is active: a baseline and a target. Nothing was changed.")
            )
        if not (goal.vendor_owner_id and goal.customer_owner_id):
            raise NotYet(_("An active goal needs somebody on either side. Nothing was changed."))
    if to == GoalState.ACHIEVED and not (_is_measured(goal) or _is_confirmed(goal)):
        raise NotYet(
            _(
                "It is achieved when every measure has reached its target, or when the customer has "
                "confirmed what it was worth. Nothing was changed."
            )
        )


def _is_measured(goal: Goal) -> bool:
    measures = list(goal.measures.all())
    read = latest_readings(measures)
    return bool(measures) and all(
        measure.pk in read and is_reached(measure.way, read[measure.pk].value) for measure in measures
    )


def _is_confirmed(goal: Goal) -> bool:
    return goal.claims.filter(state=ClaimState.CONFIRMED).exists()


def _record(kind: str, goal: Goal, facts: dict[str, Any], *, by: Actor, at: datetime | None) -> None:
    about = subjects_of(goal.road_map, ("goal", goal.pk))
    ids = {"road_map": goal.road_map_id, "goal": goal.pk}
    record(kind, by=by, at=at, subjects=about, facts={**ids, **facts})
