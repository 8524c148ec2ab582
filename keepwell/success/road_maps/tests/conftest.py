"""Elm Falls and its road map, with Sam on our side, and Carl, Dana and the others on theirs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from keepwell.people.models import User
from keepwell.success.road_maps.models import ActionItem, Goal, RoadMap
from keepwell.success.road_maps.verbs.opening import open_road_map
from keepwell.success.road_maps.verbs.planning_actions import add_action
from keepwell.success.road_maps.verbs.setting_goals import add_goal, set_measure
from keepwell.success.road_maps.verbs.sharing import share
from keepwell.success.road_maps.wanted import ActionWords, GoalWords, MeasureWords
from tests import cast
from tests.fixtures.clock import SetClock

NINE = datetime(2026, 6, 9, 14, 0, tzinfo=UTC)
NEW_YEAR, JUNE, END = date(2026, 1, 1), date(2026, 6, 9), date(2026, 12, 31)


@pytest.fixture(autouse=True)
def nine_in_the_morning(clock_at: SetClock) -> None:
    clock_at(NINE)


@pytest.fixture
def sam(db: None) -> User:
    return cast.sam_the_success_manager()


@pytest.fixture
def carl(db: None) -> User:
    return cast.carl_the_administrator_of_elm_falls()


@pytest.fixture
def dana(db: None) -> User:
    return cast.dana_at_elm_falls()


@pytest.fixture
def road_map(sam: User) -> RoadMap:
    return open_road_map(cast.elm_falls(), END, "Potholes are mended before anybody calls.", by=sam)


@pytest.fixture
def goal(road_map: RoadMap, sam: User, carl: User) -> Goal:
    """Shared, with an owner on either side and a measure from 12 days down to 4."""
    wanted = GoalWords(
        statement="Mend potholes within four days",
        vendor_owner=sam,
        customer_owner=carl.contact,
        is_shared=True,
    )
    goal = add_goal(road_map, wanted, by=sam)
    set_measure(goal, days_to_mend(), by=sam)
    return goal


@pytest.fixture
def action(road_map: RoadMap, goal: Goal, sam: User, dana: User) -> ActionItem:
    """Dana's, shared."""
    wanted = ActionWords(
        title="Name a lead for each crew", side="customer", owner=dana.contact, goal=goal, is_shared=True
    )
    return add_action(road_map, wanted, by=sam)


@pytest.fixture
def shared(road_map: RoadMap, action: ActionItem, sam: User) -> RoadMap:
    share(road_map, by=sam)
    return road_map


def days_to_mend(**more: object) -> MeasureWords:
    words = {
        "name": "Days until a pothole is mended",
        "unit": "days",
        "direction": "down",
        "baseline": Decimal(12),
        "baseline_on": NEW_YEAR,
        "target": Decimal(4),
        "target_on": END,
    }
    return MeasureWords(**{**words, **more})
