"""Milestones."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from keepwell.journal.recording import Actor, caused_by, record
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits
from keepwell.success.road_maps.about import subjects_of
from keepwell.success.road_maps.editing import (
    PERMIT,
    begin_edit,
    lock_open,
    require_own_goal,
    set_columns,
    words,
)
from keepwell.success.road_maps.models import Milestone, RoadMap
from keepwell.success.road_maps.wanted import MilestoneWords


@all_or_nothing()
def add_milestone(
    road_map: RoadMap, wanted: MilestoneWords, *, by: Actor, at: datetime | None = None
) -> Milestone:
    """It stands on the road map. Effects: milestone.added; road_map.drafted. Errors: RoadMapRefused."""
    with caused_by():
        begin_edit(road_map, by=by, at=at)
        milestone = Milestone.objects.create(road_map=road_map, **_checked(road_map, wanted))
        _record("milestone.added", milestone, {}, by=by, at=at)
    return milestone


@all_or_nothing()
def change_milestone(
    milestone: Milestone, wanted: MilestoneWords, *, by: Actor, at: datetime | None = None
) -> None:
    """It says this from now on; the same is no news. Effects: milestone.changed; road_map.drafted."""
    permits.require(by, PERMIT)
    lock_open(milestone.road_map)
    milestone.refresh_from_db()
    columns = _checked(milestone.road_map, wanted)
    if all(getattr(milestone, name) == value for name, value in columns.items()):
        return
    with caused_by():
        begin_edit(milestone.road_map, by=by, at=at)
        changed = set_columns(milestone, columns)
        _record("milestone.changed", milestone, {"fields": changed}, by=by, at=at)


@all_or_nothing()
def reach_milestone(milestone: Milestone, on: date | None, *, by: Actor, at: datetime | None = None) -> None:
    """It was reached on this day; None: it was not after all. Effects: milestone.reached, if that is news."""
    permits.require(by, PERMIT)
    lock_open(milestone.road_map)
    milestone.refresh_from_db()
    if not set_columns(milestone, {"reached_on": on}):
        return
    facts = {"on": on.isoformat() if on else None}
    _record("milestone.reached", milestone, facts, by=by, at=at)


def _checked(road_map: RoadMap, wanted: MilestoneWords) -> dict[str, Any]:
    require_own_goal(road_map, wanted.goal, _("That goal stands on another road map. Nothing was saved."))
    refusal = _("A milestone is said in 1 to 200 characters. Nothing was saved.")
    return {
        "title": words(wanted.title, 200, refusal),
        "due_on": wanted.due_on,
        "goal": wanted.goal,
        "is_shared": wanted.is_shared,
    }


def _record(
    kind: str, milestone: Milestone, facts: dict[str, Any], *, by: Actor, at: datetime | None
) -> None:
    about = subjects_of(milestone.road_map, ("milestone", milestone.pk))
    ids = {"road_map": milestone.road_map_id, "milestone": milestone.pk}
    record(kind, by=by, at=at, subjects=about, facts={**ids, **facts})
