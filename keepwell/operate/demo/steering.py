"""Where customers of the demonstration want to get to: road maps, shared, mostly agreed to, on their way."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from keepwell.customers.models import Account, Contact
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.operate.demo import cast
from keepwell.operate.demo.agreeing import UNTIL_SEEN
from keepwell.operate.demo.furnishing import ACCOUNTS
from keepwell.people.models import User
from keepwell.success.road_maps.models import ActionItem, Goal, RoadMap
from keepwell.success.road_maps.queries import shared_version
from keepwell.success.road_maps.states import Side
from keepwell.success.road_maps.verbs.checking_points import take_check_point
from keepwell.success.road_maps.verbs.commenting import comment
from keepwell.success.road_maps.verbs.moving_actions import move_action
from keepwell.success.road_maps.verbs.opening import change_road_map, open_road_map
from keepwell.success.road_maps.verbs.placing_milestones import add_milestone
from keepwell.success.road_maps.verbs.planning_actions import add_action, change_due, set_waiting
from keepwell.success.road_maps.verbs.reading import read_measure
from keepwell.success.road_maps.verbs.setting_goals import add_goal, move_goal, set_measure
from keepwell.success.road_maps.verbs.sharing import agree, share
from keepwell.success.road_maps.verbs.templating import keep_as_template
from keepwell.success.road_maps.verbs.valuing import answer_claim, claim_value
from keepwell.success.road_maps.wanted import (
    ActionWords,
    GoalWords,
    MeasureWords,
    MilestoneWords,
    Worth,
)

A_DAY = timedelta(days=1)
HORIZON = timedelta(days=365)
# Days after the first one: shared, agreed to, read, looked at.
SHARED, AGREED, READ, LOOKED_AT = 2, 9, (30, 60, 90), 61


@all_or_nothing()
def steer_all(seed: int, ends_at: datetime) -> None:
    """The road maps of the demonstration, so that the last three months of them end here; never twice."""
    if RoadMap.objects.exists():
        return
    for number, account in enumerate(Account.objects.order_by("pk")[:ACCOUNTS]):
        steward = account.stewardships.filter(kind="success").select_related("user").earliest("pk")
        steer(account, number, seed, steward.user, at=ends_at - UNTIL_SEEN)


def steer(account: Account, number: int, seed: int, manager: User, *, at: datetime) -> None:
    """The road map of the account, and what came of it in three months. Two of three accounts have one."""
    if number % 3 == 2:
        return
    chance = random.Random(f"keepwell demo road map {seed} {number}")
    people = list(account.contacts.select_related("user").order_by("pk"))
    road_map = open_road_map(account, at.date() + HORIZON, chance.choice(cast.VISIONS), by=manager, at=at)
    goals = [_goal(road_map, plan, people, manager, at) for plan in chance.sample(cast.GOALS, 2)]
    add_goal(road_map, GoalWords(statement=cast.INTERNAL_GOAL), by=manager, at=at)
    actions = _plan(road_map, goals, people, manager, at)
    share(road_map, by=manager, at=at + SHARED * A_DAY)
    if number % 4 != 3:
        _agreed(road_map, goals, people[0], manager, at)
    for goal in goals:
        _read(goal, Decimal(chance.choice(["0.1", "0.5", "1.2"])), manager, at)
    _go_on(actions, people[0].user, manager, at, chance.choice(cast.HOW_TRAINING_GOES))
    if number % 6 == 0:
        _worth(goals[0], people[0], manager, at, is_confirmed=number % 12 == 0)
    if number % 5 == 0:
        vision = f"{road_map.vision} {cast.MORE_VISION}"
        change_road_map(road_map, road_map.horizon_on, vision, by=manager, at=at + 92 * A_DAY)
    if number == 0:
        keep_as_template(road_map, cast.ROAD_MAP_TEMPLATE, by=manager, at=at + 93 * A_DAY)


def _goal(
    road_map: RoadMap, plan: cast.PlannedGoal, people: list[Contact], manager: User, at: datetime
) -> Goal:
    words = GoalWords(
        statement=plan.statement,
        why=plan.why,
        category=plan.category,
        sponsor=people[0],
        vendor_owner=manager,
        customer_owner=people[1],
        is_shared=True,
    )
    goal = add_goal(road_map, words, by=manager, at=at)
    baseline, target = Decimal(plan.baseline), Decimal(plan.target)
    measure = MeasureWords(
        name=plan.measure,
        unit=plan.unit,
        direction="up" if target > baseline else "down",
        baseline=baseline,
        baseline_on=at.date(),
        target=target,
        target_on=at.date() + HORIZON,
    )
    set_measure(goal, measure, by=manager, at=at)
    return goal


def _plan(
    road_map: RoadMap, goals: list[Goal], people: list[Contact], manager: User, at: datetime
) -> list[ActionItem]:
    actions = []
    for place, (title, side, days) in enumerate(cast.ROAD_MAP_ACTIONS):
        words = ActionWords(
            title=title,
            side=side,
            owner=manager if side == Side.VENDOR else people[1 + place % 3],
            goal=goals[place % 2],
            due_on=_after(at, days),
            is_shared=True,
        )
        actions.append(add_action(road_map, words, by=manager, at=at))
    set_waiting(actions[2], [actions[0]], by=manager, at=at)
    set_waiting(actions[3], [actions[2]], by=manager, at=at)
    milestone = MilestoneWords(title=cast.MILESTONE, due_on=_after(at, 180), is_shared=True)
    add_milestone(road_map, milestone, by=manager, at=at)
    return actions


def _agreed(
    road_map: RoadMap, goals: list[Goal], administrator: Contact, manager: User, at: datetime
) -> None:
    version = shared_version(road_map)
    assert version is not None
    agree(version, by=administrator.user, at=at + AGREED * A_DAY)
    for goal in goals:
        move_goal(goal, "active", by=manager, at=at + AGREED * A_DAY)


def _read(goal: Goal, speed: Decimal, manager: User, at: datetime) -> None:
    measure = goal.measures.get()
    for days in READ:
        share_of_way = speed * days / HORIZON.days
        value = measure.baseline + (measure.target - measure.baseline) * share_of_way
        read_measure(measure, round(value, 1), _after(at, days), by=manager, at=at + days * A_DAY)


def _go_on(
    actions: list[ActionItem], administrator: Any, manager: User, at: datetime, training: tuple[str, str]
) -> None:
    road_map = actions[0].road_map
    move_action(actions[0], "done", by=manager, at=at + 20 * A_DAY)
    move_action(actions[1], "done", by=administrator, at=at + 40 * A_DAY)
    change_due(actions[2], _after(at, 85), reason=cast.LATER_BECAUSE, by=manager, at=at + 50 * A_DAY)
    take_check_point(road_map, by=manager, at=at + LOOKED_AT * A_DAY)
    state, reason = training
    move_action(actions[2], state, reason=reason, by=manager, at=at + 80 * A_DAY)
    comment(road_map, cast.ASKED, about=actions[3], by=administrator, at=at + 81 * A_DAY)
    comment(road_map, cast.ANSWERED, about=actions[3], by=manager, at=at + 82 * A_DAY)


def _worth(goal: Goal, administrator: Contact, manager: User, at: datetime, *, is_confirmed: bool) -> None:
    worth = Worth(
        first_on=at.date(),
        last_on=_after(at, 88),
        amount_cents=4_800_000,
        currency="USD",
        method=cast.WORTH_METHOD,
        evidence=cast.WORTH_EVIDENCE,
    )
    claim = claim_value(goal, worth, by=manager, at=at + 90 * A_DAY)
    if is_confirmed:
        answer_claim(claim, is_right=True, by=administrator.user, at=at + 91 * A_DAY)


def _after(at: datetime, days: int) -> date:
    return at.date() + days * A_DAY
