"""Assigning, waiting, scheduling, putting off, severity, details: the daily work."""

from __future__ import annotations

from datetime import timedelta

import pytest

from keepwell.cases.jobs import wake_due
from keepwell.cases.models import LevelStay, SeverityChange, Snooze
from keepwell.cases.refusals import CaseHasChanged, CaseRefused, NotNow
from keepwell.cases.tests.elm_falls import (
    DAY,
    HOUR,
    NINE,
    SOLVED,
    SYSTEM,
    answer,
    facts,
    kinds,
    now,
    open_for,
    words,
)
from keepwell.cases.verbs.assigning import Assignment, assign, change_owner
from keepwell.cases.verbs.detailing import change_product, change_subject, change_tags
from keepwell.cases.verbs.noting import add_note
from keepwell.cases.verbs.resolving import resolve
from keepwell.cases.verbs.severity import Reassessment, change_severity
from keepwell.cases.verbs.snoozing import snooze, wake
from keepwell.cases.verbs.waiting import schedule, take_back, wait_for_customer, wait_for_engineering
from keepwell.customers.details import DeploymentDetails
from keepwell.customers.verbs.deploying import add_deployment
from keepwell.people.permits import NotPermitted
from keepwell.people.verbs.deactivating import deactivate
from tests import cast

SECOND = timedelta(seconds=1)


def to(person, team=None) -> Assignment:
    return Assignment(to=person, team=team)


def test_whoever_gets_the_case_first_is_the_customers_person(case, maria, lea):
    given = assign(case, to(maria), by=lea)
    assert (given.assignee, given.owner) == (maria, maria)
    assert facts(case, "case.assigned") == {
        "from_assignee": None,
        "assignee": maria.pk,
        "owner": maria.pk,
        "team": None,
    }


def test_given_to_another_before_it_was_handed_on_the_customer_gets_another_person(case, maria, lea):
    assign(case, to(maria), by=lea)
    assert assign(case, to(lea), by=maria).owner == lea


def test_put_back_it_is_nobodys_and_in_the_teams_list(case, maria):
    assign(case, to(maria), by=maria)
    back = assign(case, to(None, cast.team_at(1)), by=maria)
    assert (back.assignee, back.owner, back.team) == (None, None, cast.team_at(1))


def test_given_to_whoever_has_it_nothing_happens(case, maria):
    given = assign(case, to(maria), by=maria)
    assert assign(case, to(maria), by=maria).version == given.version
    assert kinds(case).count("case.assigned") == 1


def test_another_team_of_the_level_begins_another_stay(case, maria):
    assign(case, to(maria, cast.team_at(1)), by=maria, at=NINE + HOUR)
    assert list(LevelStay.objects.filter(case=case).values_list("team", "left_at")) == [
        (None, NINE + HOUR),
        (cast.team_at(1).pk, None),
    ]


def test_a_team_of_another_level_takes_a_hand_off_and_no_assignment(case, maria):
    with pytest.raises(CaseRefused, match="Hand the case over"):
        assign(case, to(maria, cast.team_at(2)), by=maria)


@pytest.mark.parametrize("somebody", [cast.sam_the_success_manager, cast.dana_at_elm_falls])
def test_only_those_who_work_on_cases_get_them(case, maria, somebody):
    with pytest.raises(CaseRefused, match="does not work on cases"):
        assign(case, to(somebody()), by=maria)


def test_somebody_who_has_left_gets_no_case(case, maria, theo):
    deactivate(theo, by=SYSTEM)
    with pytest.raises(CaseRefused):
        assign(case, to(theo), by=maria)


def test_the_customers_person_changes_only_when_somebody_says_so(case, maria, sam, ines):
    assign(case, to(maria), by=maria)
    changed = change_owner(case, sam, by=maria)
    assert (changed.owner, changed.assignee) == (sam, maria)
    with pytest.raises(CaseRefused, match="answers? customers|does not answer"):
        change_owner(case, ines, by=maria)


def test_nobody_waits_for_a_customer_whom_nobody_has_answered(case, maria):
    with pytest.raises(NotNow):
        wait_for_customer(case, by=maria)
    answer(case, maria, NINE + HOUR)
    assert wait_for_customer(case, by=maria).state == "waiting_on_customer"


def test_taken_back_it_is_our_turn_again(case, maria):
    answer(case, maria, NINE + HOUR, intention="wait")
    assert take_back(case, by=maria).state == "open"
    assert facts(case, "case.taken_back") == {"from_state": "waiting_on_customer"}


def test_from_waiting_for_the_customer_nobody_slips_into_another_wait(case, maria):
    """The pause of the clocks would never end."""
    answer(case, maria, NINE + HOUR, intention="wait")
    with pytest.raises(NotNow):
        wait_for_engineering(case, by=maria)
    with pytest.raises(NotNow):
        schedule(case, NINE + DAY, by=maria)


def test_scheduled_work_is_open_again_when_its_instant_comes(case, maria):
    schedule(case, NINE + DAY, by=maria)
    assert wake_due(at=NINE + DAY - SECOND) == 0
    assert wake_due(at=NINE + DAY) == 1
    assert wake_due(at=NINE + DAY) == 0
    assert (now(case).state, now(case).scheduled_until_at) == ("open", None)


@pytest.mark.parametrize("put", [schedule, snooze])
def test_nothing_is_put_off_until_an_instant_that_is_over(case, maria, put):
    with pytest.raises(CaseRefused, match="lies ahead"):
        put(case, NINE, by=maria, at=NINE)


def test_put_off_it_comes_back_at_its_instant_once(case, maria):
    asleep = snooze(case, NINE + DAY, by=maria)
    assert (asleep.state, asleep.snoozed_until_at) == ("new", NINE + DAY)
    assert wake_due(at=NINE + DAY) == 1
    assert wake_due(at=NINE + DAY) == 0
    assert now(case).snoozed_until_at is None
    assert Snooze.objects.get(case=case).woken_at == NINE + DAY
    assert kinds(case)[-1] == "case.woken"


def test_put_off_again_the_new_instant_holds(case, maria):
    snooze(case, NINE + DAY, by=maria)
    snooze(case, NINE + HOUR, by=maria)
    assert Snooze.objects.filter(case=case, woken_at=None).get().until_at == NINE + HOUR


def test_waking_what_is_awake_does_nothing(case, maria):
    assert wake(case, by=maria).version == case.version


def test_resolved_it_does_not_wake_any_more(case, maria):
    snooze(case, NINE + DAY, by=maria)
    resolve(case, SOLVED, by=maria)
    assert wake_due(at=NINE + 2 * DAY) == 0
    assert now(case).snoozed_until_at is None


def test_severity_changes_with_its_situation_and_is_kept_in_a_row(case, maria):
    high = change_severity(case, Reassessment(severity="high", situation="All sites are down"), by=maria)
    assert (high.severity, high.situation) == ("high", "All sites are down")
    assert facts(case, "case.severity_changed") == {
        "from_severity": "normal",
        "to_severity": "high",
        "correction": False,
    }
    assert SeverityChange.objects.get(case=case).changed_by == maria


def test_a_correction_needs_its_reason(case, maria):
    with pytest.raises(CaseRefused, match="why"):
        change_severity(case, Reassessment(severity="low", is_correction=True), by=maria)
    corrected = Reassessment(severity="low", is_correction=True, reason="The wrong box was ticked")
    change_severity(case, corrected, by=maria)
    assert facts(case, "case.severity_changed")["correction"] is True


def test_the_same_severity_again_is_no_change(case, maria):
    assert change_severity(case, Reassessment(severity="normal"), by=maria).version == case.version


def test_customers_do_not_change_the_severity(case, dana):
    with pytest.raises(NotPermitted):
        change_severity(case, Reassessment(severity="high"), by=dana)


def test_subject_and_tags_change_once(case, maria):
    assert change_subject(case, "  Spooler\nstuck ", by=maria).subject == "Spooler stuck"
    assert change_tags(case, ["Printing", "printing ", "blank  page", ""], by=maria).tags == [
        "blank-page",
        "printing",
    ]
    version = now(case).version
    change_subject(case, "Spooler stuck", by=maria)
    change_tags(case, ["blank-page", "printing"], by=maria)
    assert now(case).version == version


def test_too_many_tags_are_refused(case, maria):
    with pytest.raises(CaseRefused):
        change_tags(case, [str(number) for number in range(21)], by=maria)


def test_the_installation_is_one_of_the_account_and_the_product(case, maria):
    ours = add_deployment(cast.elm_falls(), cast.roadworks(), DeploymentDetails(), by=SYSTEM)
    theirs = add_deployment(cast.another_town(), cast.roadworks(), DeploymentDetails(), by=SYSTEM)
    assert change_product(case, cast.roadworks(), deployment=ours, by=maria).deployment == ours
    with pytest.raises(CaseRefused):
        change_product(case, cast.roadworks(), deployment=theirs, by=maria)
    with pytest.raises(CaseRefused):
        change_product(case, None, deployment=ours, by=maria)


def test_a_note_changes_nothing_that_another_would_have_to_read_first(case, maria, theo):
    add_note(case, words("Looks like the driver"), by=theo)
    assert change_subject(case, "Driver", seen=case.version, by=maria)


def test_what_changed_since_is_listed_in_order(case, maria, theo, dana):
    read = now(case)
    change_subject(case, "Another", by=theo)
    assign(case, to(theo), by=theo)
    with pytest.raises(CaseHasChanged) as held:
        change_tags(case, ["x"], seen=read.version, by=maria)
    assert [entry.kind for entry in held.value.entries] == ["case.subject_changed", "case.assigned"]
    assert now(case).tags == []


def test_a_customer_with_several_cases_keeps_them_apart(dana, maria):
    one, two = open_for(dana), open_for(dana)
    change_subject(one, "Only this", by=maria)
    assert now(two).version == two.version
