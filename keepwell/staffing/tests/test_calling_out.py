"""Whoever is on call is asked, then the next in line; each step once, whatever was away."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections

from keepwell.journal.models import Entry
from keepwell.people.verbs.deactivating import deactivate
from keepwell.staffing.models import CallOut, CallOutStep
from keepwell.staffing.verbs import calling_out
from keepwell.staffing.verbs.calling_out import (
    NotAsked,
    acknowledge,
    call_out,
    end_call_out,
    pass_on_what_is_due,
)
from tests import cast

pytestmark = pytest.mark.django_db

MIDNIGHT = datetime(2026, 6, 10, 5, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
ABOUT = ("case", 12)


@pytest.fixture
def people(db):
    return cast.maria_the_specialist(), cast.lea_the_lead(), cast.theo_at_level_two()


@pytest.fixture
def asked(people):
    return call_out(ABOUT, [user.pk for user in people], within=QUARTER, at=MIDNIGHT)


def steps() -> list[tuple[str, str]]:
    """(kind, first name of whom it names) of each entry about call-outs, in order."""
    entries = Entry.objects.filter(kind__startswith="call_out.").order_by("pk")
    names = {
        user.pk: user.name.split()[0]
        for user in (cast.maria_the_specialist(), cast.lea_the_lead(), cast.theo_at_level_two())
    }
    return [(one.kind.partition(".")[2], names.get(one.fact("person"), "")) for one in entries]


def test_the_first_in_line_is_asked_and_the_next_ones_one_after_the_other(asked):
    assert steps() == [("asked", "Maria")]
    assert pass_on_what_is_due(at=MIDNIGHT + QUARTER - timedelta(seconds=1)) == 0
    assert pass_on_what_is_due(at=MIDNIGHT + QUARTER) == 1
    assert pass_on_what_is_due(at=MIDNIGHT + QUARTER) == 0
    assert steps() == [("asked", "Maria"), ("asked", "Lea")]
    assert pass_on_what_is_due(at=MIDNIGHT + 2 * QUARTER) == 1
    assert pass_on_what_is_due(at=MIDNIGHT + 3 * QUARTER) == 1
    assert pass_on_what_is_due(at=MIDNIGHT + 4 * QUARTER) == 0
    assert steps()[2:] == [("asked", "Theo"), ("unanswered", "")]


def test_after_an_outage_one_is_asked_and_has_his_full_time(asked):
    back = MIDNIGHT + timedelta(hours=3)
    assert pass_on_what_is_due(at=back) == 1
    assert steps() == [("asked", "Maria"), ("asked", "Lea")]
    assert pass_on_what_is_due(at=back + QUARTER - timedelta(seconds=1)) == 0
    assert CallOut.objects.get().answer_by_at == back + QUARTER


def test_who_says_that_he_looks_ends_the_asking(asked, people):
    maria, lea, _theo = people
    pass_on_what_is_due(at=MIDNIGHT + QUARTER)
    acknowledge(asked, by=maria, at=MIDNIGHT + QUARTER)
    assert pass_on_what_is_due(at=MIDNIGHT + timedelta(hours=9)) == 0
    assert steps()[-1] == ("acknowledged", "Maria")
    with pytest.raises(NotAsked):
        acknowledge(asked, by=lea)


def test_who_was_not_asked_does_not_answer(asked, people):
    with pytest.raises(NotAsked):
        acknowledge(asked, by=people[2])
    assert CallOutStep.objects.filter(acknowledged_at=None).count() == 1


def test_about_the_same_one_asking_goes_on_at_a_time(asked, people):
    assert call_out(ABOUT, [people[1].pk], within=QUARTER, at=MIDNIGHT) is None
    end_call_out(ABOUT, by=people[1], at=MIDNIGHT)
    end_call_out(ABOUT, by=people[1], at=MIDNIGHT)
    assert steps() == [("asked", "Maria"), ("ended", "")]
    assert call_out(ABOUT, [people[1].pk], within=QUARTER, at=MIDNIGHT) is not None


def test_with_nobody_in_line_it_is_said_that_nobody_answers(db):
    call_out(ABOUT, [], within=QUARTER, at=MIDNIGHT)
    assert steps() == [("unanswered", "")]


def test_who_left_meanwhile_is_passed_over(asked, people):
    deactivate(people[1], by=cast.ada_the_administrator())
    pass_on_what_is_due(at=MIDNIGHT + QUARTER)
    assert steps() == [("asked", "Maria"), ("asked", "Theo")]


def test_what_another_worker_passed_on_a_moment_ago_is_not_passed_on_again(asked):
    # Both found it due; the second gets the row when the first is done with it.
    assert [calling_out._pass_on(asked.pk, MIDNIGHT + QUARTER) for _worker in range(2)] == [1, 0]
    assert steps() == [("asked", "Maria"), ("asked", "Lea")]


@pytest.mark.django_db(transaction=True)
def test_two_workers_ask_one_person(asked):
    def work(_worker: int) -> int:
        try:
            return pass_on_what_is_due(at=MIDNIGHT + QUARTER)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as workers:
        assert sum(workers.map(work, range(2))) == 1
    assert steps() == [("asked", "Maria"), ("asked", "Lea")]
