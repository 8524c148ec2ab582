"""Hours that are wanted of somebody against the hours that he has for customers."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as some

from keepwell.customers.verbs.stewarding import appoint_steward
from keepwell.success.engagements.new_engagement import NewEngagement
from keepwell.success.engagements.tests.elm_falls import NINE
from keepwell.success.engagements.verbs.acting import NewAction, add_action
from keepwell.success.engagements.verbs.beginning import begin
from keepwell.success.engagements.verbs.cadences import NewCadence, set_cadence
from keepwell.success.portfolios.wanted_hours import loads
from keepwell.success.portfolios.workload import Load, Work, of_meetings, owed
from tests import cast

HOUR = timedelta(hours=1)


def test_520_hours_at_work_are_331_and_a_half_for_customers():
    load = Load(at_work=520 * HOUR, wanted={Work.MEETINGS: 100 * HOUR, Work.ACTIONS: 65.75 * HOUR})
    assert load.there_are == 331.5 * HOUR
    assert (load.whole, load.share) == (165.75 * HOUR, Fraction(1, 2))


def test_somebody_without_hours_has_no_share():
    assert Load(at_work=timedelta(0), wanted={Work.ACTIONS: HOUR}).share is None


def test_a_meeting_counts_half_an_hour_around_it():
    assert of_meetings([60, 30]) == timedelta(hours=2, minutes=30)


@pytest.mark.parametrize(
    ("left", "days_left", "days", "hours"),
    [(600, 365, 91, 149), (600, 60, 91, 600), (0, 60, 91, 0), (-30, 60, 91, 0), (600, 0, 91, 0)],
)
def test_prepaid_hours_are_spread_over_what_is_left_of_their_year(left, days_left, days, hours):
    assert owed(left, days_left, days) == timedelta(minutes=hours)


@given(some.integers(1, 10**5), some.integers(1, 400), some.integers(1, 400))
def test_never_more_than_is_left_falls_into_the_days_ahead(left, days_left, days):
    assert timedelta(0) <= owed(left, days_left, days) <= timedelta(minutes=left)


@pytest.fixture
def sam(db, clock_at):
    clock_at(NINE)
    cast.the_guidelines()
    sam = cast.sam_the_success_manager()
    appoint_steward(cast.elm_falls(), sam, "success", by=cast.CAST)
    return sam


def test_what_is_planned_with_an_account_is_counted_once(sam):
    account = cast.elm_falls()
    training = begin(account, NewEngagement(kind="training", host=sam, wanted_on=date(2026, 7, 1)), by=sam)
    add_action(training, NewAction(what="Send the list", due_on=date(2026, 7, 1), user=sam), by=sam)
    monthly = NewCadence(kind="check_in", rule="FREQ=MONTHLY", starts_on=date(2026, 7, 1), host=sam)
    set_cadence(account, monthly, by=sam)
    load = loads([sam], NINE)[sam.pk]
    assert load.wanted[Work.MEETINGS] == 3 * HOUR
    assert load.wanted[Work.CADENCES] == 3 * HOUR
    assert load.wanted[Work.ACTIONS] == HOUR
    assert load.there_are > 250 * HOUR


def test_ten_people_cost_as_many_queries_as_one(sam):
    others = [cast.maria_the_specialist(), cast.alma_the_account_manager(), cast.theo_at_level_two()]
    with CaptureQueriesContext(connection) as one:
        loads([sam], NINE)
    with CaptureQueriesContext(connection) as four:
        loads([sam, *others], NINE)
    assert len(four) == len(one)
