"""A road map as it is shown, to either side: what a version says, with how far everything is by a day.

The words come from a content (see `contents`), states and readings from what is so now. What has become
internal since is left out of a version, whatever was shared before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from keepwell.customers.models import Contact
from keepwell.people.models import User
from keepwell.success.road_maps.contents import content_of
from keepwell.success.road_maps.models import (
    ActionItem,
    Comment,
    Goal,
    Milestone,
    Reading,
    RoadMap,
    ValueClaim,
    Version,
)
from keepwell.success.road_maps.models.action_item import STATES as ACTION_STATES
from keepwell.success.road_maps.models.goal import CATEGORIES
from keepwell.success.road_maps.models.goal import STATES as GOAL_STATES
from keepwell.success.road_maps.progress import (
    Completion,
    Way,
    completion,
    expected,
    is_late,
    is_reached,
    position,
)
from keepwell.success.road_maps.queries import readings_of
from keepwell.success.road_maps.states import OPEN_ACTIONS, Side


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A comment: who wrote it, which side he is on, and what; no words once erased."""

    id: int
    who: str
    is_ours: bool
    body: str
    written_at: datetime
    is_erased: bool


@dataclass(frozen=True, kw_only=True)
class ShownMeasure:
    """`position`, `value` None before the first reading; `expected`: where it were if it went evenly."""

    id: int
    name: str
    unit: str
    way: Way
    readings: Sequence[Reading]
    expected: Fraction

    @property
    def last(self) -> Reading | None:
        return self.readings[-1] if self.readings else None

    @property
    def value(self) -> Decimal | None:
        return self.last.value if self.last else None

    @property
    def position(self) -> Fraction | None:
        return None if self.value is None else position(self.way, self.value)

    @property
    def is_reached(self) -> bool:
        return self.value is not None and is_reached(self.way, self.value)

    @property
    def tone(self) -> str:
        """Good where it is reached, or where it would be by now; bad where it has not moved or went back."""
        if self.position is None:
            return "plain"
        if self.is_reached or self.position >= self.expected:
            return "good"
        return "warn" if self.position > 0 else "bad"


@dataclass(frozen=True, kw_only=True)
class ShownAction:
    id: int
    title: str
    side: str
    owner: str
    owner_ref: tuple[str, int] | None
    due_on: date | None
    due_before: Sequence[date]
    state: str
    state_words: str
    done_on: date | None
    is_late: bool
    waits_for: Sequence[str]
    blocked_by: str
    is_shared: bool
    goal_id: int | None
    added_on: date
    remarks: Sequence[Remark]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_ACTIONS

    @property
    def is_ours(self) -> bool:
        return self.side == Side.VENDOR


@dataclass(frozen=True, kw_only=True)
class ShownMilestone:
    id: int
    title: str
    due_on: date
    reached_on: date | None
    is_late: bool
    is_shared: bool
    goal_id: int | None


@dataclass(frozen=True, kw_only=True)
class ShownGoal:
    """What its measures say, and what was done for it: two figures, side by side."""

    id: int
    statement: str
    why: str
    category: str
    priority: int
    state: str
    state_words: str
    sponsor: str
    vendor_owner: str
    customer_owner: str
    measures: Sequence[ShownMeasure]
    actions: Sequence[ShownAction]
    milestones: Sequence[ShownMilestone]
    claims: Sequence[ValueClaim]
    completion: Completion
    is_shared: bool
    remarks: Sequence[Remark]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """`actions`, `milestones`: all of them; without a goal they are `loose_*`. Remarks: on the whole."""

    vision: str
    horizon_on: date
    goals: Sequence[ShownGoal]
    actions: Sequence[ShownAction]
    milestones: Sequence[ShownMilestone]
    remarks: Sequence[Remark]
    completion: Completion

    @property
    def loose_actions(self) -> list[ShownAction]:
        return [one for one in self.actions if one.goal_id is None]

    @property
    def loose_milestones(self) -> list[ShownMilestone]:
        return [one for one in self.milestones if one.goal_id is None]


def whole(road_map: RoadMap, on: date) -> Shown:
    """All of it, as it stands: for staff."""
    return _shown(road_map, content_of(road_map, everything=True), on, is_whole=True)


def for_a_meeting(road_map: RoadMap, on: date) -> Shown:
    """What is marked as shared, as it stands now: for a screen that the customer looks at, too."""
    return _shown(road_map, content_of(road_map), on, is_whole=False)


def shared(road_map: RoadMap, version: Version, on: date) -> Shown:
    """What this version says, and how far it is: for the customer."""
    return _shown(road_map, version.content, on, is_whole=False)


class _Live:
    """What is so now, by id; as many queries for one goal as for twenty."""

    def __init__(self, road_map: RoadMap, content: Mapping[str, Any]) -> None:
        actions = ActionItem.objects.filter(road_map=road_map).prefetch_related("due_changes", "changes")
        self.goals = Goal.objects.filter(road_map=road_map).in_bulk()
        self.actions = {one.pk: one for one in actions}
        self.milestones = Milestone.objects.filter(road_map=road_map).in_bulk()
        self.readings = _readings(content)
        self.claims: dict[int, list[ValueClaim]] = defaultdict(list)
        for claim in ValueClaim.objects.filter(goal__road_map=road_map).select_related("answered_by"):
            self.claims[claim.goal_id].append(claim)
        comments = list(Comment.objects.filter(road_map=road_map).select_related("user"))
        written_by = {one.contact_id for one in comments if one.contact_id}
        self.contacts = _contacts(content, written_by)
        self.users = User.objects.in_bulk(_ids(content, "vendor_owner_id", "owner_user_id"))
        self.remarks: dict[tuple[str, int], list[Remark]] = defaultdict(list)
        for one in comments:
            self.remarks[_about(one)].append(self._remark(one))

    def contact(self, pk: int | None) -> str:
        return str(self.contacts[pk]) if pk in self.contacts else ""

    def user(self, pk: int | None) -> str:
        return _name(self.users[pk]) if pk in self.users else ""

    def _remark(self, one: Comment) -> Remark:
        is_ours = one.contact_id is None
        return Remark(
            id=one.pk,
            who=_name(one.user) if is_ours else self.contact(one.contact_id),
            is_ours=is_ours,
            body=one.body,
            written_at=one.written_at,
            is_erased=one.erased_at is not None,
        )


def _readings(content: Mapping[str, Any]) -> Mapping[int, Sequence[Reading]]:
    return readings_of(measure["id"] for goal in content["goals"] for measure in goal["measures"])


def _shown(road_map: RoadMap, content: Mapping[str, Any], on: date, *, is_whole: bool) -> Shown:
    live = _Live(road_map, content)
    seen = {pk for pk, goal in live.goals.items() if is_whole or goal.is_shared}
    said = [one for one in content["actions"] if is_whole or live.actions[one["id"]].is_shared]
    titles = {one["id"]: one["title"] for one in said}
    actions = [_action(one, live.actions[one["id"]], live, titles, on, seen) for one in said]
    milestones = [
        _milestone(one, live.milestones[one["id"]], on, seen)
        for one in content["milestones"]
        if is_whole or live.milestones[one["id"]].is_shared
    ]
    return Shown(
        vision=content["vision"],
        horizon_on=date.fromisoformat(content["horizon_on"]),
        goals=[_goal(one, live, actions, milestones, on) for one in content["goals"] if one["id"] in seen],
        actions=actions,
        milestones=milestones,
        remarks=live.remarks["road_map", 0],
        completion=completion([(one.state, one.due_on) for one in actions], on),
    )


def _goal(
    one: Mapping[str, Any],
    live: _Live,
    actions: Iterable[ShownAction],
    milestones: Iterable[ShownMilestone],
    on: date,
) -> ShownGoal:
    goal = live.goals[one["id"]]
    own = [action for action in actions if action.goal_id == goal.pk]
    return ShownGoal(
        id=goal.pk,
        statement=one["statement"],
        why=one["why"],
        category=str(dict(CATEGORIES)[one["category"]]),
        priority=one["priority"],
        state=goal.state,
        state_words=str(dict(GOAL_STATES)[goal.state]),
        sponsor=live.contact(one["sponsor_id"]),
        vendor_owner=live.user(one["vendor_owner_id"]),
        customer_owner=live.contact(one["customer_owner_id"]),
        measures=[_measure(measure, live, on) for measure in one["measures"]],
        actions=own,
        milestones=[milestone for milestone in milestones if milestone.goal_id == goal.pk],
        claims=live.claims[goal.pk],
        completion=completion([(action.state, action.due_on) for action in own], on),
        is_shared=goal.is_shared,
        remarks=live.remarks["goal", goal.pk],
    )


def _measure(one: Mapping[str, Any], live: _Live, on: date) -> ShownMeasure:
    way = Way(
        direction=one["direction"],
        baseline=Decimal(one["baseline"]),
        baseline_on=date.fromisoformat(one["baseline_on"]),
        target=Decimal(one["target"]),
        target_on=date.fromisoformat(one["target_on"]),
    )
    return ShownMeasure(
        id=one["id"],
        name=one["name"],
        unit=one["unit"],
        way=way,
        readings=[reading for reading in live.readings.get(one["id"], ()) if reading.on <= on],
        expected=expected(way, on),
    )


def _action(
    one: Mapping[str, Any],
    action: ActionItem,
    live: _Live,
    titles: Mapping[int, str],
    on: date,
    seen_goals: set[int],
) -> ShownAction:
    is_ours = one["side"] == Side.VENDOR
    owner = one["owner_user_id"] if is_ours else one["owner_contact_id"]
    blocked = [change.reason for change in action.changes.all() if change.to_state == "blocked"]
    return ShownAction(
        id=action.pk,
        title=one["title"],
        side=one["side"],
        owner=live.user(owner) if is_ours else live.contact(owner),
        owner_ref=(("person" if is_ours else "contact"), owner) if owner else None,
        due_on=action.due_on,
        due_before=[change.from_on for change in action.due_changes.all() if change.from_on],
        state=action.state,
        state_words=str(dict(ACTION_STATES)[action.state]),
        done_on=action.done_on,
        is_late=is_late(action.state, action.due_on, on),
        waits_for=[titles[pk] for pk in one["waits_for"] if pk in titles and live.actions[pk].is_open],
        blocked_by=blocked[-1] if blocked and action.state == "blocked" else "",
        is_shared=action.is_shared,
        goal_id=one["goal_id"] if one["goal_id"] in seen_goals else None,
        added_on=action.added_at.date(),
        remarks=live.remarks["action", action.pk],
    )


def _milestone(
    one: Mapping[str, Any], milestone: Milestone, on: date, seen_goals: set[int]
) -> ShownMilestone:
    due_on = date.fromisoformat(one["due_on"])
    return ShownMilestone(
        id=milestone.pk,
        title=one["title"],
        due_on=due_on,
        reached_on=milestone.reached_on,
        is_late=milestone.reached_on is None and due_on < on,
        is_shared=milestone.is_shared,
        goal_id=one["goal_id"] if one["goal_id"] in seen_goals else None,
    )


def _about(one: Comment) -> tuple[str, int]:
    if one.action_id:
        return "action", one.action_id
    return ("goal", one.goal_id) if one.goal_id else ("road_map", 0)


def _contacts(content: Mapping[str, Any], others: Iterable[int]) -> dict[int, Contact]:
    ids = {*_ids(content, "sponsor_id", "customer_owner_id", "owner_contact_id"), *others}
    return {one.pk: one for one in Contact.objects.filter(pk__in=ids).prefetch_related("addresses")}


def _ids(content: Mapping[str, Any], *names: str) -> set[int]:
    things = [*content["goals"], *content["actions"]]
    return {thing[name] for thing in things for name in names if thing.get(name)}


def _name(user: User | None) -> str:
    if user is None:
        return _("Keepwell itself")
    return _("Erased person") if user.erased_at else user.name or user.email
