"""What was agreed in a meeting goes on as an action of the road map."""

from __future__ import annotations

from datetime import date

import pytest

from keepwell.success.engagements.models import ActionState
from keepwell.success.engagements.new_engagement import NewEngagement
from keepwell.success.engagements.refusals import EngagementRefused
from keepwell.success.engagements.verbs.acting import NewAction, add_action, finish_action
from keepwell.success.engagements.verbs.beginning import begin
from keepwell.success.road_maps.refusals import RoadMapRefused
from keepwell.success.road_maps.verbs.opening import open_road_map
from keepwell.success.road_maps.verbs.taking_up import take_up_action
from keepwell.success.road_maps.wanted import ActionWords
from tests import cast

pytestmark = pytest.mark.django_db
LATER = date(2090, 7, 1)


@pytest.fixture
def sam():
    return cast.sam_the_success_manager()


@pytest.fixture
def action(sam):
    held = begin(cast.elm_falls(), NewEngagement(kind="training", host=sam), by=sam)
    return add_action(held, NewAction(what="Draw the valves", due_on=LATER, user=sam), by=sam)


def test_it_stands_there_and_is_no_more_to_be_done_here(action, sam):
    road_map = open_road_map(cast.elm_falls(), date(2091, 6, 30), by=sam)
    item = take_up_action(action, ActionWords(title=action.what, owner=sam, due_on=LATER), by=sam)
    assert (item.road_map, item.title, item.due_on) == (road_map, "Draw the valves", LATER)
    action.refresh_from_db()
    assert action.state == ActionState.MOVED
    for again in (
        lambda: finish_action(action, by=sam),
        lambda: take_up_action(action, ActionWords(title="Twice"), by=sam),
    ):
        with pytest.raises(EngagementRefused):
            again()
    assert road_map.actions.count() == 1


def test_without_a_road_map_nothing_changes(action, sam):
    with pytest.raises(RoadMapRefused, match="no road map"):
        take_up_action(action, ActionWords(title=action.what), by=sam)
    action.refresh_from_db()
    assert action.state == ActionState.OPEN


def test_a_day_that_has_passed_is_refused(action, sam):
    with pytest.raises(EngagementRefused, match="That day has passed"):
        add_action(action.engagement, NewAction(what="Too late", due_on=date(2020, 2, 2), user=sam), by=sam)
