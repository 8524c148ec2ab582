"""What is to be done: added, said otherwise, tied to what it waits for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from keepwell.customers.models import Contact
from keepwell.journal.recording import Actor, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.success.road_maps.about import said_by, subjects_of
from keepwell.success.road_maps.dependencies import circle_through
from keepwell.success.road_maps.editing import (
    LONGEST,
    PERMIT,
    begin_edit,
    lock_open,
    require_of_account,
    require_own_goal,
    require_staff,
    set_columns,
    words,
)
from keepwell.success.road_maps.models import ActionItem, Dependency, DueChange, RoadMap
from keepwell.success.road_maps.queries import waiting_of
from keepwell.success.road_maps.refusals import RoadMapRefused, WouldBeACircle
from keepwell.success.road_maps.states import Side
from keepwell.success.road_maps.wanted import ActionWords


@all_or_nothing()
def add_action(
    road_map: RoadMap, wanted: ActionWords, *, by: Actor, at: datetime | None = None
) -> ActionItem:
    """It is to be done. Effects: action_item.added; road_map.drafted. Errors: IsClosed, RoadMapRefused."""
    with caused_by():
        begin_edit(road_map, by=by, at=at)
        columns = {**_checked(road_map, wanted), "due_on": wanted.due_on}
        action = ActionItem.objects.create(road_map=road_map, added_at=clock.instant(at), **columns)
        record_action("action_item.added", action, {}, by=by, at=at)
    return action


@all_or_nothing()
def change_action(action: ActionItem, wanted: ActionWords, *, by: Actor, at: datetime | None = None) -> None:
    """It says this from now on, but for its day; the same is no news.

    Effects: action_item.changed; road_map.drafted. Errors: IsClosed, RoadMapRefused.
    """
    permits.require(by, PERMIT)
    lock_open(action.road_map)
    action.refresh_from_db()
    columns = _checked(action.road_map, wanted)
    if all(getattr(action, name) == value for name, value in columns.items()):
        return
    with caused_by():
        begin_edit(action.road_map, by=by, at=at)
        changed = set_columns(action, columns)
        record_action("action_item.changed", action, {"fields": changed}, by=by, at=at)


@all_or_nothing()
def change_due(
    action: ActionItem, due_on: date | None, *, reason: str = "", by: Actor, at: datetime | None = None
) -> None:
    """It is due on another day; the one before is kept, and why. Effects: action_item.due_changed.

    What is agreed stays what was agreed: no new version comes of it. Errors: IsClosed.
    """
    permits.require(by, PERMIT)
    lock_open(action.road_map)
    action.refresh_from_db()
    before = action.due_on
    if before == due_on:
        return
    DueChange.objects.create(
        action=action,
        from_on=before,
        to_on=due_on,
        reason=reason.strip()[:LONGEST],
        happened_at=clock.instant(at),
        **said_by(by),
    )
    action.due_on = due_on
    action.save(update_fields=["due_on"])
    days = {"from_on": before, "to_on": due_on}
    facts = {name: on.isoformat() if on else None for name, on in days.items()}
    record_action("action_item.due_changed", action, facts, by=by, at=at)


@all_or_nothing()
def set_waiting(
    action: ActionItem, others: Iterable[ActionItem], *, by: Actor, at: datetime | None = None
) -> None:
    """It waits for these and no others; the same is no news. Effects: action_item.tied; road_map.drafted.

    Errors: IsClosed; WouldBeACircle, which names all that would be on it; RoadMapRefused for actions of
    another road map.
    """
    permits.require(by, PERMIT)
    road_map = action.road_map
    lock_open(road_map)
    wanted = {other.pk: other for other in others}
    if any(other.road_map_id != road_map.pk for other in wanted.values()):
        raise RoadMapRefused(_("That action stands on another road map. Nothing was saved."))
    waits_for = waiting_of(road_map)
    before = waits_for.get(action.pk, set())
    if before == wanted.keys():
        return
    _refuse_circles(action, wanted, {**waits_for, action.pk: set()})
    with caused_by():
        begin_edit(road_map, by=by, at=at)
        action.waits_for.exclude(other__in=list(wanted)).delete()
        new = [Dependency(action=action, other=other) for pk, other in wanted.items() if pk not in before]
        Dependency.objects.bulk_create(new)
        record_action("action_item.tied", action, {"waits_for": sorted(wanted)}, by=by, at=at)


def record_action(
    kind: str, action: ActionItem, facts: dict[str, Any], *, by: Actor, at: datetime | None
) -> None:
    about = subjects_of(action.road_map, ("action_item", action.pk))
    ids = {"road_map": action.road_map_id, "action_item": action.pk}
    record(kind, by=by, at=at, subjects=about, facts={**ids, **facts})


def _refuse_circles(
    action: ActionItem, wanted: dict[int, ActionItem], waits_for: dict[int, set[int]]
) -> None:
    for other in wanted:
        if circle := circle_through(waits_for, action.pk, other):
            titles = dict(ActionItem.objects.filter(pk__in=circle).values_list("pk", "title"))
            raise WouldBeACircle([titles[pk] for pk in circle])
        waits_for[action.pk].add(other)


def _checked(road_map: RoadMap, wanted: ActionWords) -> dict[str, Any]:
    require_own_goal(road_map, wanted.goal, _("That goal stands on another road map. Nothing was saved."))
    side = Side(wanted.side)
    ours, theirs = _owners(wanted, side)
    require_staff(ours, _("What we do is done by one of our people. Nothing was saved."))
    require_of_account(
        road_map, theirs, refusal=_("What they do is done by a person of this account. Nothing was saved.")
    )
    refusal = _("An action is said in 1 to 300 characters. Nothing was saved.")
    return {
        "title": words(wanted.title, 300, refusal),
        "side": side.value,
        "owner_user": ours,
        "owner_contact": theirs,
        "goal": wanted.goal,
        "is_shared": wanted.is_shared,
    }


def _owners(wanted: ActionWords, side: Side) -> tuple[User | None, Contact | None]:
    owner = wanted.owner
    if side == Side.VENDOR and (owner is None or isinstance(owner, User)):
        return owner, None
    if side == Side.CUSTOMER and (owner is None or isinstance(owner, Contact)):
        return None, owner
    raise RoadMapRefused(_("The owner is not of the side that does it. Nothing was saved."))
