"""An account goes from one steward to another: accepted, gone through, told, and only then completed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from keepwell.conversations.words import Words
from keepwell.customers.queries import current_stewards
from keepwell.customers.verbs.stewarding import appoint_steward
from keepwell.enquiries.verbs.asking import NewEnquiry, ask
from keepwell.journal.models import Entry
from keepwell.people.permits import NotPermitted
from keepwell.success.engagements.new_engagement import NewEngagement
from keepwell.success.engagements.refusals import NotSomebodyWhoHolds
from keepwell.success.engagements.tests.elm_falls import NINE
from keepwell.success.engagements.verbs.acting import NewAction, add_action
from keepwell.success.engagements.verbs.beginning import begin
from keepwell.success.engagements.verbs.cadences import NewCadence, set_cadence
from keepwell.success.engagements.verbs.scheduling import schedule
from keepwell.success.health.models import Sentiment
from keepwell.success.health.queries import sentiments_of
from keepwell.success.letters.models import Correspondence
from keepwell.success.letters.verbs.writing import NewLetter
from keepwell.success.portfolios.models import HandOver, State
from keepwell.success.portfolios.open_things import open_things
from keepwell.success.portfolios.queries import visible_entries, waiting_for
from keepwell.success.portfolios.refusals import CannotGoAlong, HandOverRefused, NotUnderWay
from keepwell.success.portfolios.verbs.handing_over import (
    NewHandOver,
    Told,
    accept,
    begin_hand_over,
    complete,
    decide,
    return_,
    withdraw,
)
from keepwell.success.road_maps.verbs.opening import open_road_map
from keepwell.success.road_maps.verbs.planning_actions import add_action as plan_action
from keepwell.success.road_maps.verbs.setting_goals import add_goal
from keepwell.success.road_maps.wanted import ActionWords, GoalWords
from keepwell.success.signals.grammar import Scope, parse
from keepwell.success.signals.models import Signal
from keepwell.success.signals.terms import Severity, Terms
from keepwell.success.signals.verbs.looking import look_at_account
from keepwell.success.signals.verbs.publishing import add_rule
from keepwell.success.signals.verbs.tasks import NewTask, add_task
from tests import cast

IN_JULY = date(2026, 7, 1)
BY_PHONE = Told(otherwise="By phone, to Dana.")


@pytest.fixture(autouse=True)
def nine_in_the_morning(clock_at):
    clock_at(NINE)


@pytest.fixture
def sam(db):
    cast.the_guidelines()
    sam = cast.sam_the_success_manager()
    appoint_steward(cast.elm_falls(), sam, "success", by=cast.CAST)
    return sam


@pytest.fixture
def alma(sam):
    return cast.alma_the_account_manager()


@pytest.fixture
def account(sam):
    return cast.elm_falls()


@pytest.fixture
def dana(sam):
    return cast.dana_at_elm_falls()


@pytest.fixture
def asked(account, sam, alma):
    return begin_hand_over(account, wanted(alma), by=sam)


def wanted(taker, **given) -> NewHandOver:
    return NewHandOver(
        **{
            "kind": "success",
            "taker": taker,
            "known": "They want valves on the map by autumn.",
            "due_on": IN_JULY,
            **given,
        }
    )


def a_signal(account) -> Signal:
    """Of a rule that holds for every account that is live."""
    when = parse({"reading": "life.days_live", "is": "at_least", "number": "1", "unit": "days"})
    terms = Terms(scope=Scope.ACCOUNT, severity=Severity.LOW, when=when, from_days=0)
    rule = add_rule("Live", terms, by=cast.CAST).rule
    account.lifecycle = "live"
    account.save()
    account.deployments.create(product=cast.roadworks(), live_on=date(2026, 1, 1), added_at=NINE)
    look_at_account(account, by=cast.CAST)
    return Signal.objects.get(rule=rule)


@pytest.fixture
def work(account, sam, dana):
    """One of each thing that can be open in Sam's name, but for letters."""
    training = begin(account, NewEngagement(kind="training", host=sam, wanted_on=IN_JULY), by=sam)
    cadence = NewCadence(kind="check_in", rule="FREQ=YEARLY", starts_on=IN_JULY, host=sam)
    road_map = open_road_map(account, date(2027, 6, 30), by=sam)
    return {
        "engagement": training,
        "action": add_action(training, NewAction(what="Send it", due_on=IN_JULY, user=sam), by=sam),
        "cadence": set_cadence(account, cadence, by=sam),
        "goal": add_goal(road_map, GoalWords(statement="Valves on the map", vendor_owner=sam), by=sam),
        "action_item": plan_action(road_map, ActionWords(title="Draw them", owner=sam), by=sam),
        "task": add_task(account, NewTask(words="Ring them", due_on=IN_JULY, owner=sam), by=sam),
        "signal": a_signal(account),
        "enquiry": ask(
            dana.contact,
            NewEnquiry(kind="engagement", wanted="training", words=Words(body="Soon?", channel="portal")),
            by=dana,
        ),
    }


def test_nothing_changes_before_it_is_completed(asked, account, sam, alma, work):
    assert list(waiting_for(alma)) == [asked]
    accept(asked, by=alma)
    assert [one.user for one in current_stewards(account)] == [sam]
    work["engagement"].refresh_from_db()
    assert work["engagement"].host == sam


def test_completed_everything_open_has_the_new_owner_and_so_has_the_account(asked, account, sam, alma, work):
    assert work.keys() == {thing.sort.noun for thing in open_things(account, sam, "success")}
    accept(asked, by=alma)
    complete(asked, BY_PHONE, by=alma, at=NINE + timedelta(hours=1))
    assert open_things(account, sam, "success") == []
    owners = {"engagement": "host", "action": "user", "cadence": "host", "goal": "vendor_owner"}
    owned = dict.fromkeys(("enquiry", "signal", "task"), "owner")
    for noun, column in {**owners, "action_item": "owner_user", **owned}.items():
        work[noun].refresh_from_db()
        assert getattr(work[noun], column) == alma, noun
    (now,) = current_stewards(account)
    assert (now.user, now.from_at) == (alma, NINE + timedelta(hours=1))
    before = account.stewardships.get(user=sam)
    assert before.to_at == now.from_at
    entry = Entry.objects.get(kind="hand_over.completed")
    assert (entry.fact("released"), entry.fact("letters")) == (0, 0)
    assert not waiting_for(alma).exists()


def test_what_is_released_has_no_owner_afterwards_and_a_goal_has_to_have_one(asked, account, sam, alma, work):
    accept(asked, by=alma)
    for thing in open_things(account, sam, "success"):
        if thing.may_be_released:
            decide(asked, thing, is_released=True, by=alma)
        else:
            with pytest.raises(HandOverRefused):
                decide(asked, thing, is_released=True, by=alma)
    complete(asked, BY_PHONE, by=alma)
    owned = [(noun, "owner") for noun in ("enquiry", "signal", "task")]
    for noun, column in [("engagement", "host"), ("action", "user"), *owned]:
        work[noun].refresh_from_db()
        assert getattr(work[noun], column) is None, noun
    work["cadence"].refresh_from_db()
    work["goal"].refresh_from_db()
    assert (work["cadence"].ended_at, work["goal"].vendor_owner) == (NINE, alma)


def test_what_cannot_go_along_is_named_and_nothing_is_handed_over(asked, account, sam, alma, work):
    at = NINE + timedelta(days=10)
    schedule(work["engagement"], at, by=sam)
    own = begin(
        cast.nora_of_another_town().contact.account, NewEngagement(kind="training", host=alma), by=alma
    )
    schedule(own, at, by=alma)
    accept(asked, by=alma)
    with pytest.raises(CannotGoAlong, match="Training"):
        complete(asked, BY_PHONE, by=alma)
    asked.refresh_from_db()
    assert asked.state == State.ACCEPTED
    assert [one.user for one in current_stewards(account)] == [sam]
    work["enquiry"].refresh_from_db()
    assert work["enquiry"].owner == sam


def test_the_customer_is_told_by_a_letter_of_whoever_takes_it(asked, alma, dana):
    accept(asked, by=alma)
    for nothing in (Told(), Told(contacts=[dana.contact]), Told(otherwise=" ")):
        with pytest.raises(HandOverRefused, match="Nothing was handed over"):
            complete(asked, nothing, by=alma)
    letter = NewLetter(subject="Who looks after you", words=Words(body="From today I do."))
    complete(asked, Told(contacts=[dana.contact], letter=letter), by=alma)
    written = Correspondence.objects.get()
    assert (written.contact, written.owner) == (dana.contact, alma)


def test_what_was_felt_about_the_account_stays_behind(asked, account, sam, alma):
    Sentiment.objects.create(account=account, by=sam, rating=2, said_at=NINE)
    assert sentiments_of([account.pk], sam)
    accept(asked, by=alma)
    complete(asked, BY_PHONE, by=alma)
    assert sentiments_of([account.pk], alma) == {}


def test_returned_with_a_reason_or_withdrawn_and_then_it_is_over(asked, account, sam, alma):
    with pytest.raises(HandOverRefused):
        return_(asked, "  ", by=alma)
    assert return_(asked, "I am away in July.", by=alma).state == State.RETURNED
    for act in (lambda: accept(asked, by=alma), lambda: withdraw(asked, by=sam)):
        with pytest.raises(NotUnderWay):
            act()
    again = begin_hand_over(account, wanted(alma), by=sam)
    assert withdraw(again, by=sam).state == State.WITHDRAWN


def test_it_begins_with_everything_that_is_needed_and_once_at_a_time(asked, account, sam, alma):
    later = wanted(alma, kind="account", known=" ")
    for new in (wanted(alma), later, wanted(sam), wanted(alma, kind="account", due_on=date(2026, 6, 1))):
        with pytest.raises(HandOverRefused):
            begin_hand_over(account, new, by=sam)
    with pytest.raises(NotSomebodyWhoHolds):
        begin_hand_over(account, wanted(cast.maria_the_specialist(), kind="account"), by=sam)
    assert HandOver.objects.count() == 1


def test_only_whoever_takes_it_accepts_decides_and_completes(asked, account, sam, alma, work):
    thing = open_things(account, sam, "success")[0]
    for act in (
        lambda: accept(asked, by=sam),
        lambda: return_(asked, "No.", by=sam),
        lambda: decide(asked, thing, is_released=True, by=sam),
        lambda: complete(asked, BY_PHONE, by=sam),
    ):
        with pytest.raises(NotPermitted):
            act()
    with pytest.raises(NotUnderWay):
        complete(asked, BY_PHONE, by=alma)


def test_no_customer_sees_any_of_it(asked, dana, alma):
    assert visible_entries(alma).exists()
    for other in (dana, cast.carl_the_administrator_of_elm_falls(), cast.nora_of_another_town()):
        assert not HandOver.objects.visible_to(other).exists()
        assert not visible_entries(other).exists()
