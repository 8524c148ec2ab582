"""The road map at the desk: its pages, its edits, a meeting, paper."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from keepwell.desk.tests.people import queries_of, signed_in
from keepwell.success.road_maps.models import ActionItem, CheckPoint, RoadMap
from keepwell.success.road_maps.verbs.commenting import comment
from keepwell.success.road_maps.verbs.opening import open_road_map
from keepwell.success.road_maps.verbs.planning_actions import add_action
from keepwell.success.road_maps.verbs.setting_goals import add_goal, set_measure
from keepwell.success.road_maps.verbs.sharing import share
from keepwell.success.road_maps.wanted import ActionWords, GoalWords, MeasureWords
from tests import cast

pytestmark = pytest.mark.django_db
GOAL = {
    "statement": "Mend potholes within four days",
    "category": "service",
    "priority": "1",
    "is_shared": "on",
}
MEASURE = {
    "name": "Days until mended",
    "unit": "days",
    "direction": "down",
    "baseline": "12",
    "baseline_on": "2026-01-01",
    "target": "4",
    "target_on": "2026-12-31",
}


@pytest.fixture(autouse=True)
def stands_at(clock_at):
    clock_at(datetime(2026, 6, 9, 14, 0, tzinfo=UTC))
    cast.the_guidelines()


@pytest.fixture
def sam():
    return signed_in(cast.sam_the_success_manager())


@pytest.fixture
def road_map(db) -> RoadMap:
    return open_road_map(cast.elm_falls(), date(2026, 12, 31), by=cast.sam_the_success_manager())


def page_of(client, road_map, tail=""):
    answer = client.get(f"/desk/road-maps/{road_map.pk}/{tail}")
    assert answer.status_code == 200
    return answer.content.decode()


def post(client, road_map, tail, sent=None):
    return client.post(f"/desk/road-maps/{road_map.pk}/{tail}", sent or {})


def test_from_nothing_to_a_goal_that_is_measured_shared_and_read(sam):
    account = cast.elm_falls()
    tab = f"/desk/accounts/{account.pk}/road-map/"
    assert "Begin a road map" in sam.get(tab).content.decode()
    assert sam.post(f"{tab}new/", {"vision": "No potholes"}).status_code == 422, "it needs its horizon"
    assert sam.post(f"{tab}new/", {"horizon_on": "2026-12-31", "vision": "No potholes"}).status_code == 302
    road_map = RoadMap.objects.get()
    assert sam.get(tab)["Location"] == f"/desk/road-maps/{road_map.pk}/"
    assert post(sam, road_map, "goals/new/", GOAL).status_code == 302
    goal = road_map.goals.get()
    assert (
        post(sam, road_map, f"goals/{goal.pk}/measures/new/", {**MEASURE, "target": "13"}).status_code == 422
    )
    assert post(sam, road_map, f"goals/{goal.pk}/measures/new/", MEASURE).status_code == 302
    measure = goal.measures.get()
    reading = f"goals/{goal.pk}/measures/{measure.pk}/readings/new/"
    assert post(sam, road_map, reading, {"value": "10", "on": "2026-06-09"}).status_code == 302
    assert post(sam, road_map, "sharing/").status_code == 302
    page = page_of(sam, road_map)
    assert "25 % of the way" in page
    assert "shared, not agreed to yet" in page
    assert "Mend potholes within four days" in page_of(sam, road_map, "versions/1/")
    assert "Over time" in page_of(sam, road_map, "?show=time")


def test_an_action_is_moved_with_why_and_a_circle_is_refused_in_words(sam, road_map):
    by = cast.sam_the_success_manager()
    first, second = (add_action(road_map, ActionWords(title=title), by=by) for title in ("Import", "Train"))
    sent = {"title": "Train", "side": "vendor", "waits_for": [first.pk]}
    assert post(sam, road_map, f"actions/{second.pk}/", sent).status_code == 302
    circle = post(
        sam, road_map, f"actions/{first.pk}/", {**sent, "title": "Import", "waits_for": [second.pk]}
    )
    assert circle.status_code == 422
    assert "Import → Train → Import" in circle.content.decode()
    refused = post(sam, road_map, f"actions/{second.pk}/state/", {"state": "done"})
    assert refused.status_code == 422
    assert "It waits for what is not done yet: Import" in refused.content.decode()
    waived = {"state": "done", "waives": "on", "reason": "They trained on paper"}
    assert post(sam, road_map, f"actions/{second.pk}/state/", waived).status_code == 302
    assert ActionItem.objects.get(pk=second.pk).state == "done"
    page = page_of(sam, road_map)
    assert "Train" in page
    assert "Import" in page


def test_whoever_has_an_action_finds_it_on_today_and_moves_it(road_map):
    ines = cast.ines_the_engineer()
    action = add_action(
        road_map,
        ActionWords(title="Write the connector", owner=ines, due_on=date(2026, 6, 1)),
        by=cast.sam_the_success_manager(),
    )
    client = signed_in(ines)
    today = client.get("/desk/today/").content.decode()
    assert "Write the connector" in today
    assert "was due 1 Jun" in today
    assert post(client, road_map, f"actions/{action.pk}/state/", {"state": "done"}).status_code == 302
    assert "Write the connector" not in client.get("/desk/today/").content.decode()
    assert client.get(f"/desk/road-maps/{road_map.pk}/goals/new/").status_code == 403


def test_a_check_point_says_what_changed_since_the_last(sam, road_map):
    by = cast.sam_the_success_manager()
    action = add_action(road_map, ActionWords(title="Import"), by=by)
    post(sam, road_map, "check-points/new/")
    post(sam, road_map, f"actions/{action.pk}/state/", {"state": "doing"})
    assert "Action Import: Being done instead of To do" in page_of(sam, road_map, "check-points/")
    post(sam, road_map, "check-points/new/")
    assert CheckPoint.objects.count() == 2


def test_in_a_meeting_nothing_internal_is_on_the_screen(sam, road_map):
    by = cast.sam_the_success_manager()
    goal = add_goal(road_map, GoalWords(statement="Mend faster", is_shared=True), by=by)
    add_goal(road_map, GoalWords(statement="heron-goal"), by=by)
    add_action(road_map, ActionWords(title="heron-action", goal=goal, due_on=date(2026, 9, 1)), by=by)
    page = page_of(sam, road_map, "review/")
    assert "Mend faster" in page
    assert "heron" not in page


def test_it_is_there_on_paper(sam, road_map):
    by = cast.sam_the_success_manager()
    goal = add_goal(road_map, GoalWords(statement="Mend #panic() faster", is_shared=True), by=by)
    words = {name: MEASURE[name] for name in ("name", "unit", "direction")}
    set_measure(goal, MeasureWords(**words, **_numbers()), by=by)
    add_action(road_map, ActionWords(title="Import", goal=goal, due_on=date(2026, 9, 1)), by=by)
    answer = sam.get(f"/desk/road-maps/{road_map.pk}/paper/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_a_page_costs_the_same_for_ten_goals_and_for_twenty(sam, road_map):
    by, dana = cast.sam_the_success_manager(), cast.dana_at_elm_falls()
    costs = []
    for _batch in range(2):
        for number in range(10):
            words = GoalWords(
                statement=f"Goal {number}", vendor_owner=by, customer_owner=dana.contact, is_shared=True
            )
            goal = add_goal(road_map, words, by=by)
            set_measure(goal, MeasureWords(name="Days", direction="down", **_numbers()), by=by)
            theirs = ActionWords(
                title="Name", side="customer", owner=dana.contact, goal=goal, due_on=date(2026, 7, 1)
            )
            add_action(road_map, theirs, by=by)
        share(road_map, by=by)
        comment(road_map, "Yes?", about=goal, by=by)
        pages = ("", "?show=time", "review/", "versions/1/")
        costs.append([queries_of(sam, f"/desk/road-maps/{road_map.pk}/{page}") for page in pages])
    assert costs[0] == costs[1]


def _numbers():
    return {
        "baseline": Decimal(12),
        "baseline_on": date(2026, 1, 1),
        "target": Decimal(4),
        "target_on": date(2026, 12, 31),
    }
