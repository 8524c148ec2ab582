"""Which case somebody works on next, of cases that went through the verbs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keepwell.cases.verbs.assigning import Assignment, assign
from keepwell.customers.verbs.opening import open_account
from keepwell.people.models import Role
from keepwell.people.verbs.adding import add_person
from keepwell.service_levels.consequence import Promise
from keepwell.service_levels.consequence_words import reason_words
from keepwell.service_levels.models import AtStake, Clock, Guideline
from keepwell.service_levels.next_best import free_for, next_best
from keepwell.service_levels.passing import fire_what_is_due
from keepwell.service_levels.staking import keep_stakes, known_stakes
from keepwell.service_levels.tests.conftest import INIT, LONG_AGO, at
from keepwell.service_levels.verbs.guidelines import Watched, create_guideline, end_guideline, watch_all_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def watched(guidelines):
    watch_all_of(guidelines, by=INIT, at=LONG_AGO)
    return guidelines


def first(actor, when: str, **asked):
    return [one.case for one in next_best(actor, 10, at=at(when), **asked)]


def test_a_high_case_stands_before_a_low_one_of_the_same_minute(opened, maria):
    low, high = opened("low", "9 12:00"), opened("high", "9 12:00")
    assert first(maria, "9 13:00") == [high.pk, low.pk]


def test_of_two_alike_the_one_nearer_its_due_stands_first(opened, maria):
    older, younger = opened("normal", "9 12:30"), opened("normal", "9 15:30")
    assert first(maria, "9 16:00") == [older.pk, younger.pk]


def test_what_waits_for_the_customer_is_not_there(opened, answered, maria):
    case = opened("high", "9 12:00")
    answered(case, "9 13:00", intention="wait")
    assert first(maria, "9 14:00") == []


def test_a_hopeless_case_comes_first_in_the_end(opened, maria):
    hopeless, fresh = opened("low", "1 12:00"), opened("high", "29 15:00")
    fire_what_is_due(at=at("29 15:10"))
    assert first(maria, "29 15:10") == [fresh.pk, hopeless.pk]
    # The same fresh case, had it come when the other one has waited for months.
    months = timedelta(days=56)
    type(fresh).objects.filter(pk=fresh.pk).update(opened_at=at("29 15:00") + months)
    for clock in Clock.objects.filter(case=fresh):
        moved = {"started_at": clock.started_at + months, "due_at": clock.due_at + months}
        Clock.objects.filter(pk=clock.pk).update(**moved)
    ranked = next_best(maria, 10, at=at("29 15:10") + months)
    assert [one.case for one in ranked] == [hopeless.pk, fresh.pk]


def test_somebodys_next_is_his_own_or_nobodys_and_of_a_level_he_works_at(opened, maria):
    other = add_person(name="Ben Cole", email="ben@vendor.example", roles=[Role.SPECIALIST], by=INIT)
    his, nobodys, third = opened("high", "9 12:00"), opened("low", "9 12:00"), opened("high", "9 12:00")
    assign(his, Assignment(to=other), by=other, at=at("9 12:05"))
    type(third).objects.filter(pk=third.pk).update(level=3)
    assert first(maria, "9 13:00", narrowed=free_for(maria)) == [nobodys.pk]
    assert set(first(other, "9 13:00", narrowed=free_for(other))) == {his.pk, nobodys.pk}


def test_a_customer_is_told_of_none_that_he_may_not_see(opened, elm_falls):
    opened("high", "9 12:00")
    nora = add_person(name="Nora Diaz", email="nora@other.example", roles=[Role.CUSTOMER_USER], by=INIT)
    assert first(nora, "9 13:00") == []


def test_it_costs_three_queries_with_ten_cases_and_with_twenty(opened, watched, maria):
    keep_stakes(at=at("9 11:00"))
    costs = []
    for _round in range(2):
        for _number in range(10):
            opened("normal", "9 12:00")
        first(maria, "9 13:00")
        with CaptureQueriesContext(connection) as asked:
            assert len(first(maria, "9 13:00")) == 10
        costs.append(len(asked))
    assert costs == [3, 3]


def test_what_is_at_stake_is_kept_for_each_guideline_and_read_in_one_query(opened, watched):
    opened("high", "9 12:00")
    assert keep_stakes(at=at("9 13:00")) == 10
    assert keep_stakes(at=at("9 13:05")) == 10
    with CaptureQueriesContext(connection) as asked:
        found = known_stakes()
    assert len(asked) == 1
    assert len(found.known) == AtStake.objects.count() == 10
    assert found.rows_of(Promise(watched.pk, "resolution", "high"))[0] < 10
    assert found.rows_of(Promise(watched.pk + 1, "resolution", "high")) == [10]


def test_a_guideline_that_ended_is_not_at_stake(guidelines):
    whole = create_guideline(
        "Whole", Watched(policy=guidelines, metric="resolution", severity="high"), by=INIT, at=LONG_AGO
    )
    assert keep_stakes(at=at("9 13:00")) == 1
    end_guideline(whole, by=INIT, at=at("9 14:00"))
    assert keep_stakes(at=at("9 15:00")) == AtStake.objects.count() == 0
    assert Guideline.objects.count() == 1


@pytest.fixture
def gold_watched(guidelines):
    """The first contact with gold customers is watched for itself, beside that with all."""
    everybody = Watched(policy=guidelines, metric="initial_contact", severity="normal")
    create_guideline("All customers", everybody, by=INIT, at=LONG_AGO)
    create_guideline("Gold customers", replace(everybody, segment="gold"), by=INIT, at=LONG_AGO)


def test_a_case_of_a_part_that_is_watched_for_itself_stands_before_its_like(
    opened, gold_watched, elm_falls, maria
):
    older, younger = opened("normal", "9 12:00"), opened("normal", "9 12:30")
    keep_stakes(at=at("9 13:00"))
    assert first(maria, "9 13:00") == [older.pk, younger.pk]
    only_gold(younger, elm_falls)
    assert first(maria, "9 13:00") == [younger.pk, older.pk]


def test_the_reason_names_the_guideline_of_a_part(opened, gold_watched, elm_falls, maria):
    opened("normal", "9 12:00")
    only_gold(opened("normal", "9 12:30"), elm_falls)
    keep_stakes(at=at("9 13:00"))
    words = reason_words(next_best(maria, 1, at=at("9 13:00"))[0].reason, at("9 13:00"))
    assert words.startswith("“Gold customers” is to be kept every time; this one has ")


def only_gold(case, account) -> None:
    """Its account is a gold one, and all other cases are of another."""
    other = open_account("Harbor Freight Lines", by=INIT, at=LONG_AGO)
    type(case).objects.exclude(pk=case.pk).update(account=other)
    type(account).objects.filter(pk=account.pk).update(segment="gold")


def test_the_reason_says_what_is_left_of_the_budget_and_of_the_clock(opened, answered, watched, maria):
    for day in ("2", "3", "4", "5"):
        answered(opened("high", f"{day} 12:00"), f"{day} 14:00", intention="resolve")
    opened("high", "9 12:00")
    keep_stakes(at=at("9 16:00"))
    words = reason_words(next_best(maria, 1, at=at("9 16:00"))[0].reason, at("9 16:00"))
    assert words == "Initial contact High is to be kept every time; this one has 2 h left and a 25 % chance."


def test_a_silence_is_said_as_one(opened, maria):
    opened("low", "1 12:00")
    fire_what_is_due(at=at("29 12:00"))
    words = reason_words(next_best(maria, 1, at=at("29 12:00"))[0].reason, at("29 12:00"))
    assert words == "The customer has heard nothing for 28 days; Initial contact Low is late by 26 days."
