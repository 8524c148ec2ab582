"""What stands on a road map, and when it may."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from keepwell.calendars.obligations import Window
from keepwell.journal.models import Entry
from keepwell.kit import clock
from keepwell.people.permits import NotPermitted
from keepwell.success.road_maps.models import ActionChange, ActionItem, Goal, RoadMap
from keepwell.success.road_maps.obligations import dates_of_road_maps
from keepwell.success.road_maps.queries import latest_readings, open_actions_of
from keepwell.success.road_maps.refusals import (
    IsClosed,
    NotHis,
    NotYet,
    RoadMapRefused,
    StillWaits,
    WouldBeACircle,
)
from keepwell.success.road_maps.telemetry import read_from_usage, value_in_usage
from keepwell.success.road_maps.tests.conftest import END, JUNE, NEW_YEAR, days_to_mend
from keepwell.success.road_maps.verbs.moving_actions import move_action
from keepwell.success.road_maps.verbs.opening import change_road_map, close_road_map, open_road_map
from keepwell.success.road_maps.verbs.placing_milestones import (
    add_milestone,
    change_milestone,
    reach_milestone,
)
from keepwell.success.road_maps.verbs.planning_actions import (
    add_action,
    change_action,
    change_due,
    set_waiting,
)
from keepwell.success.road_maps.verbs.reading import read_measure
from keepwell.success.road_maps.verbs.setting_goals import add_goal, change_goal, move_goal, set_measure
from keepwell.success.road_maps.wanted import ActionWords, GoalWords, MilestoneWords
from keepwell.usage.models import MetricDay
from tests import cast

pytestmark = pytest.mark.django_db


def words_of(goal: Goal, **more: object) -> GoalWords:
    known = {name: getattr(goal, name) for name in GoalWords.__dataclass_fields__}
    return GoalWords(**{**known, **more})


def ours(title: str, **more: object) -> ActionWords:
    return ActionWords(title=title, **more)


def test_an_account_has_one_road_map_at_a_time(road_map, sam):
    with pytest.raises(RoadMapRefused):
        open_road_map(road_map.account, END, by=sam)
    close_road_map(road_map, by=sam)
    assert open_road_map(road_map.account, END, by=sam) != road_map


def test_a_closed_one_takes_no_change(road_map, goal, sam):
    close_road_map(road_map, by=sam)
    for change in (
        lambda: add_goal(road_map, GoalWords(statement="More"), by=sam),
        lambda: change_road_map(road_map, END, "Other", by=sam),
        lambda: move_goal(goal, "active", by=sam),
        lambda: close_road_map(road_map, by=sam),
    ):
        with pytest.raises(IsClosed):
            change()


def test_support_reads_it_and_edits_nothing(road_map):
    maria = cast.maria_the_specialist()
    assert list(RoadMap.objects.visible_to(maria)) == [road_map]
    with pytest.raises(NotPermitted):
        add_goal(road_map, GoalWords(statement="More"), by=maria)


def test_a_goal_is_active_with_a_measure_and_an_owner_on_either_side(road_map, goal, sam):
    bare = add_goal(road_map, GoalWords(statement="Sign in from the truck"), by=sam)
    with pytest.raises(NotYet, match="measure"):
        move_goal(bare, "active", by=sam)
    set_measure(bare, days_to_mend(), by=sam)
    with pytest.raises(NotYet, match="either side"):
        move_goal(bare, "active", by=sam)
    move_goal(goal, "active", by=sam)
    move_goal(goal, "active", by=sam)
    with pytest.raises(RoadMapRefused):
        change_goal(goal, words_of(goal, customer_owner=None), by=sam)
    with pytest.raises(IntegrityError), transaction.atomic():
        Goal.objects.filter(pk=goal.pk).update(vendor_owner=None)


def test_a_goal_is_achieved_when_its_measures_say_so(goal, sam):
    move_goal(goal, "active", by=sam)
    measure = goal.measures.get()
    with pytest.raises(NotYet):
        move_goal(goal, "achieved", by=sam)
    read_measure(measure, Decimal("4.5"), JUNE, by=sam)
    with pytest.raises(NotYet):
        move_goal(goal, "achieved", by=sam)
    read_measure(measure, Decimal(4), JUNE, by=sam)
    move_goal(goal, "achieved", by=sam)
    assert goal.ended_at is not None
    move_goal(goal, "active", by=sam)
    assert goal.ended_at is None


def test_what_cannot_be_a_goal_or_a_measure_is_refused(road_map, goal, sam):
    nora = cast.nora_of_another_town()
    for wrong in (
        {"statement": " "},
        {"statement": "x" * 301},
        {"sponsor": nora.contact},
        {"customer_owner": nora.contact},
        {"vendor_owner": nora},
        {"category": "magic"},
        {"why": "x" * 4001},
    ):
        with pytest.raises(RoadMapRefused):
            add_goal(road_map, GoalWords(**{"statement": "More", **wrong}), by=sam)
    for wrong_measure in (
        {"target": Decimal(12)},
        {"target_on": NEW_YEAR},
        {"name": ""},
        {"direction": "up"},
    ):
        with pytest.raises(RoadMapRefused):
            set_measure(goal, days_to_mend(**wrong_measure), by=sam)


def test_the_last_reading_of_the_last_day_counts(goal, sam):
    measure = goal.measures.get()
    for value, on in ((9, JUNE), (8, JUNE - timedelta(days=40)), (7, JUNE), (7, JUNE)):
        read_measure(measure, Decimal(value), on, by=sam)
    assert latest_readings([measure])[measure.pk].value == 7
    assert latest_readings([measure], through=date(2026, 5, 1))[measure.pk].value == 8
    assert measure.readings.count() == 3, "the same again is no news"
    with pytest.raises(RoadMapRefused):
        read_measure(measure, Decimal(1), JUNE + timedelta(days=2), by=sam)


def test_a_metric_is_read_from_usage_and_what_is_not_known_is_no_reading(goal, sam):
    asked = []

    def value_of(account: int, metric: str, on: date) -> Decimal | None:
        asked.append((account, metric, on))
        return {"crews": Decimal(7)}.get(metric)

    for metric in ("crews", "silent"):
        set_measure(goal, days_to_mend(name=metric, metric=metric), by=sam)
    assert read_from_usage(value_of, JUNE) == 0, "a goal that is not active yet is not read"
    move_goal(goal, "active", by=sam)
    assert [read_from_usage(value_of, JUNE) for _time in range(2)] == [1, 0]
    assert asked[:2] == [
        (goal.road_map.account_id, "crews", JUNE),
        (goal.road_map.account_id, "silent", JUNE),
    ]
    read = goal.measures.get(metric="crews").readings.get()
    assert (read.value, read.source, read.user) == (7, "metric", None)


@pytest.mark.parametrize(
    ("metric", "parts", "value"), [("breadth", (1, 3), "33.3333"), ("active_28", (7, 1), "7")]
)
def test_usage_gives_shares_in_percent_and_only_of_a_day_that_is_known(goal, metric, parts, value):
    account, (above, below) = goal.road_map.account, parts
    assert value_in_usage(account.pk, metric, JUNE) is None
    row = MetricDay.objects.create(
        account=account, metric=metric, day=JUNE, state="known", numerator=above, denominator=below
    )
    assert value_in_usage(account.pk, metric, JUNE) == Decimal(value)
    row.state = "stale"
    row.save()
    assert value_in_usage(account.pk, metric, JUNE) is None


def test_what_is_dated_stands_in_the_calendar_of_whoever_has_to_do_it(road_map, sam):
    mine = add_action(road_map, replace(ours("Import the map"), owner=sam, due_on=JUNE), by=sam)
    add_action(road_map, replace(ours("Train"), due_on=JUNE), by=sam)
    days = Window(first_on=JUNE, last_on=JUNE, opens_at=clock.now(), closes_at=clock.now())
    found = list(dates_of_road_maps(sam, days))
    assert [one.key for one in found] == [f"road-map-action-{mine.pk}"]
    assert found[0].title == f"Import the map ({road_map.account.name})"
    assert list(dates_of_road_maps(cast.nora_of_another_town(), days)) == []


def test_done_waits_for_what_it_waits_for_unless_somebody_says_why_not(road_map, sam):
    first, second = (add_action(road_map, ours(title), by=sam) for title in ("Import the map", "Train"))
    set_waiting(second, [first], by=sam)
    with pytest.raises(StillWaits, match="Import the map"):
        move_action(second, "done", by=sam)
    with pytest.raises(StillWaits):
        move_action(second, "done", waives=True, reason=" ", by=sam)
    move_action(second, "done", waives=True, reason="They trained on paper", by=sam)
    assert ActionChange.objects.get().is_waived
    assert second.done_on == JUNE
    with pytest.raises(RoadMapRefused):
        move_action(second, "blocked", reason="x", by=sam)
    move_action(second, "todo", by=sam)
    move_action(first, "dropped", by=sam)
    move_action(second, "done", by=sam)
    assert not ActionChange.objects.filter(action=second).last().is_waived


def test_a_circle_is_refused_with_the_names_of_all_that_would_be_on_it(road_map, sam):
    import_, train, use = (add_action(road_map, ours(title), by=sam) for title in ("Import", "Train", "Use"))
    set_waiting(train, [import_], by=sam)
    set_waiting(use, [train], by=sam)
    with pytest.raises(WouldBeACircle, match="Import → Use → Train → Import"):
        set_waiting(import_, [use], by=sam)
    with pytest.raises(WouldBeACircle):
        set_waiting(train, [import_, train], by=sam)
    assert {one.other_id for one in train.waits_for.all()} == {import_.pk}
    set_waiting(train, [], by=sam)
    set_waiting(import_, [use], by=sam)


def test_changes_of_a_day_are_kept_with_why(road_map, sam):
    action = add_action(road_map, ours("Import", due_on=JUNE), by=sam)
    change_due(action, END, reason="The surveyor is ill", by=sam)
    change_due(action, END, by=sam)
    change_due(action, None, by=sam)
    told = [(change.from_on, change.to_on, change.reason) for change in action.due_changes.all()]
    assert told == [(JUNE, END, "The surveyor is ill"), (END, None, "")]


def test_blocked_says_what_blocks_it(road_map, sam):
    action = add_action(road_map, ours("Import"), by=sam)
    with pytest.raises(RoadMapRefused):
        move_action(action, "blocked", by=sam)
    move_action(action, "blocked", reason="No access to the server", by=sam)
    assert ActionItem.objects.get().state == "blocked"


def test_an_owner_is_of_the_side_that_does_it(road_map, sam, dana):
    for wrong in ({"side": "customer", "owner": sam}, {"side": "vendor", "owner": dana.contact}):
        with pytest.raises(RoadMapRefused):
            add_action(road_map, ours("Import", **wrong), by=sam)
    nora = cast.nora_of_another_town().contact
    with pytest.raises(RoadMapRefused):
        add_action(road_map, ours("Import", side="customer", owner=nora), by=sam)


def test_one_of_ours_moves_his_own_action_and_nobody_elses(road_map, sam):
    ines = cast.ines_the_engineer()
    hers = add_action(road_map, ours("Write the connector", owner=ines), by=sam)
    others = add_action(road_map, ours("Train"), by=sam)
    move_action(hers, "doing", by=ines)
    with pytest.raises(NotHis):
        move_action(others, "doing", by=ines)
    assert list(open_actions_of(ines)) == [hers]


def test_milestones_are_reached_or_not_after_all(road_map, goal, sam):
    milestone = add_milestone(road_map, MilestoneWords(title="Map imported", due_on=JUNE, goal=goal), by=sam)
    change_milestone(milestone, MilestoneWords(title="Map imported", due_on=END, goal=goal), by=sam)
    reach_milestone(milestone, JUNE, by=sam)
    reach_milestone(milestone, JUNE, by=sam)
    reach_milestone(milestone, None, by=sam)
    kinds = [entry.kind for entry in Entry.objects.about("milestone", milestone.pk)]
    assert kinds == ["milestone.added", "milestone.changed", "milestone.reached", "milestone.reached"]


def test_the_same_again_is_no_news(road_map, goal, action, sam):
    before = Entry.objects.count()
    change_goal(goal, words_of(goal), by=sam)
    change_road_map(road_map, road_map.horizon_on, road_map.vision, by=sam)
    same = ActionWords(
        title=action.title, side="customer", owner=action.owner_contact, goal=goal, is_shared=True
    )
    change_action(action, same, by=sam)
    set_measure(goal, days_to_mend(), instead_of=goal.measures.get(), by=sam)
    assert Entry.objects.count() == before
    change_action(action, replace(same, title="Name two"), by=sam)
    assert Entry.objects.last().facts["fields"] == ["title"]
