"""Our road map in the portal: what a customer sees of it, ticks, writes, agrees to and confirms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from keepwell.success.road_maps.models import Comment, RoadMap, ValueClaim
from keepwell.success.road_maps.queries import shared_version
from keepwell.success.road_maps.verbs.opening import open_road_map
from keepwell.success.road_maps.verbs.planning_actions import add_action
from keepwell.success.road_maps.verbs.setting_goals import add_goal, change_goal, set_measure
from keepwell.success.road_maps.verbs.sharing import share
from keepwell.success.road_maps.verbs.valuing import claim_value
from keepwell.success.road_maps.wanted import ActionWords, GoalWords, MeasureWords, Worth
from tests import cast

pytestmark = pytest.mark.django_db
END = date(2026, 12, 31)
MENDED = GoalWords(statement="Mend potholes within four days", is_shared=True)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture(autouse=True)
def stands_at(clock_at):
    clock_at("2026-06-09T14:00:00Z")
    cast.the_guidelines()


@pytest.fixture
def sam():
    return cast.sam_the_success_manager()


@pytest.fixture
def carl():
    return signed_in(cast.carl_the_administrator_of_elm_falls())


@pytest.fixture
def dana():
    return signed_in(cast.dana_at_elm_falls())


@pytest.fixture
def road_map(sam, carl, dana) -> RoadMap:
    """Shared: a goal with a measure, an action of Dana's; internal: one of each."""
    road_map = open_road_map(cast.elm_falls(), END, "No potholes", by=sam)
    goal = add_goal(road_map, MENDED, by=sam)
    measure = MeasureWords(
        name="Days until mended",
        direction="down",
        baseline=Decimal(12),
        baseline_on=date(2026, 1, 1),
        target=Decimal(4),
        target_on=END,
    )
    set_measure(goal, measure, by=sam)
    danas = cast.dana_at_elm_falls().contact
    action = ActionWords(title="Name a lead", side="customer", owner=danas, goal=goal, is_shared=True)
    add_action(road_map, action, by=sam)
    add_goal(road_map, GoalWords(statement="heron-goal"), by=sam)
    add_action(road_map, ActionWords(title="heron-action", goal=goal), by=sam)
    share(road_map, by=sam)
    return road_map


def page_of(client, road_map):
    answer = client.get(f"/portal/road-map/{road_map.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def post(client, road_map, tail, sent=None):
    return client.post(f"/portal/road-map/{road_map.pk}/{tail}", sent or {}, follow=True).content.decode()


def test_he_sees_what_is_shared_and_nothing_else(road_map, dana):
    assert MENDED.statement in dana.get("/portal/road-map/").content.decode()
    page = page_of(dana, road_map)
    assert "Mend potholes within four days" in page
    assert "Name a lead" in page
    assert "heron" not in page


def test_before_anything_is_shared_there_is_nothing(sam, carl):
    road_map = open_road_map(cast.elm_falls(), END, by=sam)
    assert "Nothing is shared with you yet" in carl.get("/portal/road-map/").content.decode()
    assert carl.get(f"/portal/road-map/{road_map.pk}/").status_code == 404


def test_an_edit_is_not_seen_before_it_is_shared(road_map, sam, carl):
    change_goal(
        road_map.goals.get(statement=MENDED.statement), GoalWords(statement="heron", is_shared=True), by=sam
    )
    assert "heron" not in page_of(carl, road_map)


def test_what_became_internal_is_gone_at_once(road_map, sam, dana, carl):
    change_goal(road_map.goals.get(statement=MENDED.statement), GoalWords(statement=MENDED.statement), by=sam)
    assert MENDED.statement not in page_of(carl, road_map)


def test_he_ticks_what_is_his(road_map, dana):
    action = road_map.actions.get(title="Name a lead")
    post(dana, road_map, f"actions/{action.pk}/", {"to": "done"})
    action.refresh_from_db()
    assert action.state == "done"
    internal = road_map.actions.get(title="heron-action")
    address = f"/portal/road-map/{road_map.pk}/actions/{internal.pk}/"
    assert dana.post(address, {"to": "done"}).status_code == 404


def test_who_speaks_for_the_account_agrees_and_who_does_not_sees_no_button(road_map, carl, dana):
    assert "We agree to this" in page_of(carl, road_map)
    assert "We agree to this" not in page_of(dana, road_map)
    assert "somebody else&#x27;s to do" in post(dana, road_map, "versions/1/agreement/")
    assert shared_version(road_map).state == "shared"
    post(carl, road_map, "versions/1/agreement/")
    assert shared_version(road_map).state == "agreed"


def test_a_version_that_was_replaced_meanwhile_is_not_agreed_to(road_map, sam, carl):
    change_goal(
        road_map.goals.get(statement=MENDED.statement),
        GoalWords(statement="Within two", is_shared=True),
        by=sam,
    )
    share(road_map, by=sam)
    assert "Another version was shared meanwhile" in post(carl, road_map, "versions/1/agreement/")


def test_value_is_confirmed_or_disputed_with_why(road_map, sam, carl):
    goal = road_map.goals.get(statement=MENDED.statement)
    worth = Worth(
        first_on=date(2026, 1, 1),
        last_on=date(2026, 5, 31),
        amount_cents=12_345_00,
        currency="USD",
        method="Counted",
    )
    first, second = (claim_value(goal, worth, by=sam) for _time in range(2))
    assert "USD 12,345.00" in page_of(carl, road_map)
    post(carl, road_map, f"claims/{first.pk}/", {"is": "right"})
    assert "Say what is not so" in post(carl, road_map, f"claims/{second.pk}/", {"is": "wrong"})
    post(carl, road_map, f"claims/{second.pk}/", {"is": "wrong", "words": "Half of it"})
    assert list(ValueClaim.objects.order_by("pk").values_list("state", flat=True)) == [
        "confirmed",
        "disputed",
    ]


def test_he_writes_about_what_he_sees(road_map, dana):
    goal = road_map.goals.get(statement=MENDED.statement)
    assert "otter" in post(dana, road_map, "comments/", {"goal": goal.pk, "body": "otter"})
    internal = road_map.goals.get(statement="heron-goal")
    address = f"/portal/road-map/{road_map.pk}/comments/"
    assert dana.post(address, {"goal": internal.pk, "body": "?"}).status_code == 404
    assert Comment.objects.count() == 1


def test_he_has_it_on_paper_without_what_is_internal(road_map, dana):
    answer = dana.get(f"/portal/road-map/{road_map.pk}/paper/")
    assert answer["Content-Type"] == "application/pdf"


def test_nobody_of_another_account_sees_it(road_map):
    for who in (cast.nora_of_another_town(), cast.pia_at_elm_falls_water()):
        client = signed_in(who)
        assert client.get(f"/portal/road-map/{road_map.pk}/").status_code == 404
        assert client.get(f"/portal/road-map/{road_map.pk}/paper/").status_code == 404


def test_the_page_costs_the_same_for_ten_actions_and_for_twenty(road_map, sam, carl):
    costs = []
    for _batch in range(2):
        for number in range(10):
            goal = add_goal(road_map, GoalWords(statement=f"Goal {number}", is_shared=True), by=sam)
            theirs = ActionWords(title="Name", side="customer", goal=goal, is_shared=True)
            add_action(road_map, theirs, by=sam)
        share(road_map, by=sam)
        page_of(carl, road_map)
        with CaptureQueriesContext(connection) as captured:
            page_of(carl, road_map)
        costs.append(len(captured))
    assert costs[0] == costs[1]
