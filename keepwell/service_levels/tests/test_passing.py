"""Each warning and each miss is told exactly once, on time or after any outage."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from keepwell.cases.models import Case
from keepwell.journal.models import Entry
from keepwell.service_levels.models import Clock, Passing
from keepwell.service_levels.passing import fire_what_is_due
from keepwell.service_levels.tests.conftest import at

pytestmark = pytest.mark.django_db


def told(kind):
    entries = Entry.objects.filter(kind=kind).order_by("pk")
    return [(entry.facts["metric"], entry.occurred_at) for entry in entries]


def test_before_anything_is_due_nothing_is_told(opened):
    opened("high", "9 12:00")
    assert fire_what_is_due(at=at("9 16:29")) == 0


def test_a_warning_comes_at_three_quarters_of_the_time(opened):
    opened("high", "9 12:00")
    assert fire_what_is_due(at=at("9 16:30")) == 1
    assert told("clock.warned") == [("initial_contact", at("9 16:30"))]


def test_a_miss_is_told_at_its_due_and_the_clock_shows_it(opened):
    case = opened("high", "9 12:00")
    fire_what_is_due(at=at("9 18:00"))
    assert told("clock.missed") == []
    fire_what_is_due(at=at("9 18:01"))
    assert told("clock.missed") == [("initial_contact", at("9 18:00"))]
    missed = Clock.objects.get(case=case, metric="initial_contact")
    assert (missed.state, missed.missed_at) == ("missed", at("9 18:00"))


def test_nothing_is_told_twice(opened):
    opened("high", "9 12:00")
    fire_what_is_due(at=at("9 18:01"))
    assert fire_what_is_due(at=at("9 18:01")) == 0
    assert fire_what_is_due(at=at("9 18:02")) == 0


def test_after_three_days_away_all_that_passed_is_told_once_and_said_to_be_late(opened):
    for _number in range(3):
        opened("high", "9 12:00")
    fire_what_is_due(at=at("12 12:00"))
    missed = Entry.objects.filter(kind="clock.missed")
    assert missed.count() == 9
    assert all(entry.facts["late"] for entry in missed)
    assert fire_what_is_due(at=at("12 12:01")) == 0


def test_a_miss_that_a_late_answer_brings_to_light_is_told_too(opened, answered):
    answered(opened("high", "9 12:00"), "9 18:00")
    assert told("clock.missed") == []
    answered(opened("high", "10 12:00"), "10 18:01")
    assert told("clock.missed") == [("initial_contact", at("10 18:00"))]
    fire_what_is_due(at=at("10 18:01"))
    assert told("clock.missed").count(("initial_contact", at("10 18:00"))) == 1


def test_a_pause_puts_a_warning_off(opened, answered):
    case = opened("high", "9 12:00")
    answered(case, "9 13:00", intention="wait")
    assert fire_what_is_due(at=at("30 12:00")) == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_each_passing_once(opened):
    for _number in range(6):
        opened("high", "9 12:00")

    def work(_number):
        try:
            return fire_what_is_due(at=at("9 18:01"))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        told_by = list(pool.map(work, range(2)))
    assert sum(told_by) == Passing.objects.count() == Entry.objects.filter(kind__startswith="clock.").count()
    assert Entry.objects.filter(kind="clock.missed").count() == 6


def test_of_an_imported_case_nobody_is_told_and_its_clocks_show_the_miss(opened):
    case = opened("high", "9 12:00")
    Case.objects.filter(pk=case.pk).update(is_imported=True)
    fire_what_is_due(at=at("9 18:01"))
    assert told("clock.warned") == told("clock.missed") == []
    assert Clock.objects.get(case=case, metric="initial_contact").state == "missed"
    assert fire_what_is_due(at=at("9 18:01")) == 0
