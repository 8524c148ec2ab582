"""What the customer gets to see, agrees to, ticks, confirms and writes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import DatabaseError, transaction

from keepwell.contracts.new_contract import Agreed, NewContract, NewSubscription
from keepwell.contracts.terms import Span
from keepwell.contracts.verbs.opening import open_contract
from keepwell.contracts.verbs.subscribing import subscribe
from keepwell.customers.verbs.erasing import erase_contact
from keepwell.customers.verbs.giving_roles import give_role
from keepwell.journal.models import Entry
from keepwell.success.road_maps.comparing import changes
from keepwell.success.road_maps.contents import content_of
from keepwell.success.road_maps.models import CheckPoint, RoadMap, Template, ValueClaim, Version
from keepwell.success.road_maps.queries import (
    dated,
    return_on_investment,
    shared_version,
    speaks_for_account,
    visible_entries,
)
from keepwell.success.road_maps.refusals import NotHis, RoadMapRefused
from keepwell.success.road_maps.tests.conftest import END, JUNE, NEW_YEAR
from keepwell.success.road_maps.tests.test_editing import ours, words_of
from keepwell.success.road_maps.verbs.checking_points import take_check_point
from keepwell.success.road_maps.verbs.commenting import comment
from keepwell.success.road_maps.verbs.erasing import redact_comment
from keepwell.success.road_maps.verbs.moving_actions import move_action
from keepwell.success.road_maps.verbs.opening import close_road_map
from keepwell.success.road_maps.verbs.placing_milestones import add_milestone
from keepwell.success.road_maps.verbs.planning_actions import add_action, change_due, set_waiting
from keepwell.success.road_maps.verbs.reading import read_measure
from keepwell.success.road_maps.verbs.setting_goals import add_goal, change_goal, move_goal
from keepwell.success.road_maps.verbs.sharing import agree, share
from keepwell.success.road_maps.verbs.templating import begin_from_template, keep_as_template, retire_template
from keepwell.success.road_maps.verbs.valuing import answer_claim, claim_value
from keepwell.success.road_maps.wanted import GoalWords, MilestoneWords, Worth
from tests import cast
from tests.canary import places_holding

pytestmark = pytest.mark.django_db
YEAR = Span(first=NEW_YEAR, last=END)
WORTH = Worth(
    first_on=NEW_YEAR,
    last_on=date(2026, 5, 31),
    amount_cents=500_000,
    currency="usd",
    method="Overtime saved",
)


def states(road_map):
    return list(road_map.versions.order_by("number").values_list("number", "state"))


def test_nothing_is_shared_by_itself(road_map, sam, carl):
    add_goal(road_map, GoalWords(statement="Win them over before the election"), by=sam)
    assert not RoadMap.objects.visible_to(carl).exists()
    with pytest.raises(RoadMapRefused):
        share(road_map, by=sam)


def test_a_version_has_what_is_shared_and_nothing_else(road_map, goal, action, sam):
    internal = add_goal(road_map, GoalWords(statement="heron-goal", why="heron-why"), by=sam)
    hidden = add_action(road_map, ours("heron-action", goal=goal), by=sam)
    under = add_action(road_map, ours("Seen", goal=internal, is_shared=True), by=sam)
    add_milestone(road_map, MilestoneWords(title="heron-milestone", due_on=END), by=sam)
    set_waiting(under, [hidden, action], by=sam)
    version = share(road_map, by=sam)
    assert "heron" not in str(version.content)
    told = {one["title"]: one for one in version.content["actions"]}
    assert told["Seen"]["goal_id"] is None
    assert told["Seen"]["waits_for"] == [action.pk]
    assert [one["name"] for one in version.content["goals"][0]["measures"]] == [
        "Days until a pothole is mended"
    ]


def test_what_was_shared_is_never_changed_and_an_edit_opens_the_next_version(shared, goal, sam):
    version = shared_version(shared)
    before = dict(version.content)
    change_goal(goal, words_of(goal, statement="Mend potholes within three days"), by=sam)
    change_goal(goal, words_of(goal, statement="Mend potholes within two days"), by=sam)
    assert states(shared) == [(1, "shared"), (2, "draft")]
    version.refresh_from_db()
    assert version.content == before != content_of(shared)
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(content={})
    with pytest.raises(DatabaseError), transaction.atomic():
        version.delete()
    share(shared, by=sam)
    assert states(shared) == [(1, "closed"), (2, "shared")]


def test_what_happens_on_the_way_is_no_edit(shared, goal, action, sam, dana):
    read_measure(goal.measures.get(), Decimal(8), JUNE, by=sam)
    move_goal(goal, "active", by=sam)
    move_action(action, "doing", by=dana)
    change_due(action, END, by=sam)
    assert states(shared) == [(1, "shared")]


def test_a_person_of_the_customer_who_speaks_for_it_agrees(shared, goal, sam, carl, dana):
    version = shared_version(shared)
    for nobody in (sam, dana, cast.nora_of_another_town(), cast.pia_at_elm_falls_water()):
        with pytest.raises(NotHis):
            agree(version, by=nobody)
    agree(version, by=carl)
    agree(version, by=carl)
    assert (version.agreed_by, states(shared)) == (carl.contact, [(1, "agreed")])
    change_goal(goal, words_of(goal, priority=1), by=sam)
    second = share(shared, by=sam)
    assert states(shared) == [(1, "agreed"), (2, "shared")], (
        "the first one holds until the second is agreed to"
    )
    agree(second, by=carl)
    assert states(shared) == [(1, "closed"), (2, "agreed")]
    with pytest.raises(RoadMapRefused):
        agree(version, by=carl)


def test_an_executive_sponsor_speaks_for_the_account_too(shared, sam, dana):
    assert not speaks_for_account(dana, shared.account_id)
    give_role(dana.contact, "executive_sponsor", by=sam)
    assert speaks_for_account(dana, shared.account_id)
    agree(shared_version(shared), by=dana)


def test_who_has_something_on_it_sees_it_and_nobody_else_of_the_customer(shared, goal, sam, carl, dana):
    pia, nora = cast.pia_at_elm_falls_water(), cast.nora_of_another_town()
    seen = {who.email: RoadMap.objects.visible_to(who).count() for who in (carl, dana, pia, nora)}
    assert list(seen.values()) == [1, 1, 0, 0]
    eve = cast._customer("Eve Roe", "eve@elmfalls.example", shared.account)
    assert not RoadMap.objects.visible_to(eve).exists()
    give_role(eve.contact, "champion", by=sam)
    assert RoadMap.objects.visible_to(eve).get() == shared


def test_the_customer_ticks_what_is_his(shared, action, sam, carl, dana):
    own = add_action(shared, ours("We import the map", is_shared=True), by=sam)
    internal = add_action(shared, ours("Not shared", side="customer", owner=dana.contact), by=sam)
    for refused in (own, internal):
        with pytest.raises(NotHis):
            move_action(refused, "done", by=dana)
    move_action(action, "done", by=dana)
    assert action.changes.get().contact == dana.contact
    move_action(action, "todo", by=carl)
    with pytest.raises(NotHis):
        move_action(action, "done", by=cast.nora_of_another_town())


def test_only_the_customer_confirms_value_and_only_confirmed_value_is_a_return(shared, goal, sam, carl, dana):
    contract = open_contract(
        shared.account, NewContract(agreed=Agreed(number="C-1"), starts_on=NEW_YEAR), by=cast.CAST
    )
    bought = NewSubscription(product=cast.roadworks(), price_cents=200_000, starts_on=NEW_YEAR)
    subscribe(contract, bought, by=cast.CAST)
    claims = [claim_value(goal, WORTH, by=sam) for _time in range(3)]
    for nobody in (sam, dana, cast.nora_of_another_town()):
        with pytest.raises(NotHis):
            answer_claim(claims[0], is_right=True, by=nobody)
    answer_claim(claims[0], is_right=True, by=carl)
    with pytest.raises(RoadMapRefused):
        answer_claim(claims[1], is_right=False, by=carl)
    answer_claim(claims[1], is_right=False, words="Half of it was another project", by=carl)
    with pytest.raises(RoadMapRefused):
        answer_claim(claims[1], is_right=True, by=carl)
    [found] = return_on_investment(shared.account, YEAR)
    assert (found.confirmed_cents, found.claimed_cents, found.disputed_cents) == (500_000,) * 3
    assert found.ratio == Fraction(5, 2)


def test_value_that_is_confirmed_makes_a_goal_achieved(shared, goal, sam, carl):
    move_goal(goal, "active", by=sam)
    answer_claim(claim_value(goal, WORTH, by=sam), is_right=True, by=carl)
    move_goal(goal, "achieved", by=sam)


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount_cents": 0},
        {"currency": "dollars"},
        {"method": " "},
        {"last_on": date(2026, 7, 1)},
        {"first_on": date(2026, 6, 5)},
    ],
)
def test_a_claim_of_nothing_or_of_the_future_is_refused(goal, sam, wrong):

    with pytest.raises(RoadMapRefused):
        claim_value(goal, replace(WORTH, **wrong), by=sam)


def test_both_sides_write_about_what_both_see(shared, goal, action, sam, dana):
    comment(shared, "Can we do this before the thaw?", about=action, by=dana)
    comment(shared, "Yes.", about=action, by=sam)
    internal = add_action(shared, ours("Not shared"), by=sam)
    with pytest.raises(RoadMapRefused):
        comment(shared, "Between us", about=internal, by=sam)
    with pytest.raises(NotHis):
        comment(shared, "What is this?", about=internal, by=dana)
    with pytest.raises(NotHis):
        comment(shared, "Hello", by=cast.nora_of_another_town())
    with pytest.raises(RoadMapRefused):
        comment(shared, "  ", by=dana)
    assert [one.body for one in action.comments.all()] == ["Can we do this before the thaw?", "Yes."]


def test_a_check_point_says_what_changed_since_the_last_one_and_is_kept(shared, goal, action, sam, dana):
    first = take_check_point(shared, by=sam)
    move_action(action, "done", by=dana)
    read_measure(goal.measures.get(), Decimal(8), JUNE, by=sam)
    second = take_check_point(shared, by=sam)
    told = [(one.noun, one.what, one.before, one.after) for one in changes(first.content, second.content)]
    assert told == [("measure", "value", None, "8"), ("action_item", "state", "todo", "done")]
    with pytest.raises(DatabaseError), transaction.atomic():
        CheckPoint.objects.update(content={})


def test_another_is_begun_from_a_template_without_anybodys_name(shared, goal, action, sam):
    later = add_action(shared, ours("Train", due_on=END, goal=goal), by=sam)
    set_waiting(later, [action], by=sam)
    template = keep_as_template(shared, "Faster repairs", by=sam)
    assert "Dana" not in str(template.content)
    assert str(action.owner_contact_id) not in str(template.content["goals"])
    with pytest.raises(RoadMapRefused):
        keep_as_template(shared, "FASTER repairs", by=sam)
    begun = begin_from_template(cast.another_town(), template, date(2027, 1, 1), by=sam)
    assert begun.horizon_on == date(2027, 1, 1) + (END - JUNE)
    copied = begun.goals.get()
    assert (copied.statement, copied.state, copied.vendor_owner) == (goal.statement, "proposed", None)
    assert copied.measures.get().target == 4
    assert [one.other.title for one in begun.actions.get(title="Train").waits_for.all()] == [action.title]
    retire_template(template, by=sam)
    assert not Template.objects.filter(is_active=True).exists()


def test_what_a_customer_wrote_goes_with_him_and_what_he_did_stays(shared, goal, action, sam, carl, dana):
    comment(shared, "Zanzibara says no", by=carl)
    comment(shared, "Zanzibara too", about=action, by=dana)
    claim = claim_value(goal, WORTH, by=sam)
    answer_claim(claim, is_right=False, words="Zanzibara paid for it", by=carl)
    move_action(action, "blocked", reason="Zanzibara is ill", by=dana)
    agree(shared_version(shared), by=carl)
    for who in (carl, dana):
        erase_contact(who.contact, by=cast.ada_the_administrator())
    assert places_holding("Zanzibara") == {}
    assert ValueClaim.objects.get().state == "disputed"
    assert shared_version(shared).state == "agreed"
    assert not RoadMap.objects.visible_to(dana).exists()


def test_a_lead_takes_a_comment_out(shared, sam):
    written = comment(shared, "Zanzibara", by=sam)
    for _time in range(2):
        redact_comment(written, by=cast.lea_the_lead())
    assert places_holding("Zanzibara") == {}
    assert Entry.objects.filter(kind="road_map.words_erased").count() == 1


def test_a_customer_reads_in_the_journal_only_what_is_his(shared, sam, carl):
    agree(shared_version(shared), by=carl)
    kinds = set(visible_entries(carl).values_list("kind", flat=True))
    assert kinds == {"road_map.shared", "road_map.agreed"}
    assert not visible_entries(cast.nora_of_another_town()).exists()
    assert "goal.added" in visible_entries(sam).values_list("kind", flat=True)


def test_what_is_due_is_there_for_a_calendar(shared, action, sam, dana):
    change_due(action, END, by=sam)
    add_action(shared, ours("Ours", due_on=END), by=sam)
    add_milestone(shared, MilestoneWords(title="Half way", due_on=JUNE, is_shared=True), by=sam)
    assert [str(one) for one in dated(sam, first=NEW_YEAR, last=END)] == ["Half way", action.title, "Ours"]
    assert [str(one) for one in dated(dana, first=NEW_YEAR, last=END)] == ["Half way", action.title]
    close_road_map(shared, by=sam)
    assert dated(sam, first=NEW_YEAR, last=END) == []
