"""What another promise would have made of many cases: worked out by a job, read for an hour."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from keepwell.cases.new_case import NewCase
from keepwell.cases.verbs.opening import open_case
from keepwell.conversations.words import Words
from keepwell.insight.models import WhatIf
from keepwell.insight.what_if import answering
from keepwell.insight.what_if.answering import JOB, answered, forget, forget_old, work_out
from keepwell.insight.what_if.question import Question, question_from
from keepwell.journal.models import Entry
from keepwell.kit import clock
from keepwell.service_levels.cohorts import Selection
from keepwell.service_levels.models import Clock
from keepwell.service_levels.reference import REFERENCE_COMMITMENTS, REFERENCE_HOURS
from keepwell.service_levels.terms import Allowance
from keepwell.service_levels.what_if import Edited
from tests import cast

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 6, 9, 12, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
TWICE = Question(
    selection=Selection(metric="resolution", severities=("high",), begins_at=NOON - DAY, ends_at=NOON + DAY),
    edited=Edited(
        allowances={
            (one.metric, one.severity): Allowance(amount=Decimal(one.amount) * 2, unit=one.unit)
            for one in REFERENCE_COMMITMENTS
        },
        hours=REFERENCE_HOURS,
    ),
    objective=Decimal("85"),
    other=Decimal("80.5"),
)


@pytest.fixture
def late():
    """Three High cases that nobody answers: late a day and an hour later, but not under twice the time."""
    cast.the_guidelines()
    dana = cast.dana_at_elm_falls()
    for _number in range(3):
        words = Words(body="Nothing can be saved.", channel="portal")
        new = NewCase(subject="Gate", contact=dana.contact, severity="high", words=words)
        open_case(new, by=dana, at=NOON)
    with clock.standing_at(NOON + DAY + HOUR):
        yield NOON + DAY + HOUR


@pytest.fixture
def are_many(monkeypatch):
    monkeypatch.setattr(answering, "MANY", 3)


def jobs() -> list[int]:
    asked = ProcrastinateJob.objects.filter(task_name=JOB).order_by("pk")
    return [job.args["what_if"] for job in asked]


def test_a_question_is_the_same_after_it_was_kept():
    for one in (TWICE, replace(TWICE, selection=replace(TWICE.selection, cases=(3, 4), level=2))):
        again = question_from(one.as_json())
        assert again == one
        assert again.key == one.key
    assert replace(TWICE, other=Decimal(81)).key != TWICE.key


def test_few_cases_are_answered_at_once_and_nothing_is_kept(late):
    found = answered(TWICE, at=late)
    assert (found.answer["was"]["missed"], found.answer["would_be"]["missed"]) == (3, 0)
    assert jobs() == []
    assert not WhatIf.objects.exists()


def test_many_are_left_to_a_job_and_asked_for_once(late, are_many):
    found = answered(TWICE, at=late)
    assert (found.answer, found.cases, found.moved_at) == (None, 3, None)
    assert answered(TWICE, at=late + HOUR / 2) == found
    assert jobs() == [found.pk]


def test_the_job_says_how_far_it_is_and_its_answer_is_that_of_the_page(late, are_many, monkeypatch):
    at_once = answering._answer(TWICE, WhatIf(), at=late)
    heard = []
    monkeypatch.setattr(answering, "tell", lambda name: heard.append((name, WhatIf.objects.get().replayed)))
    asked = answered(TWICE, at=late)
    before = (list(Clock.objects.order_by("pk").values()), Entry.objects.count())
    work_out(asked.pk)
    found = answered(TWICE, at=late)
    assert (found.answer, found.as_of, found.replayed) == (at_once, late, 3)
    assert heard == [(f"what_if:{asked.pk}", replayed) for replayed in (0, 3, 3)]
    assert (list(Clock.objects.order_by("pk").values()), Entry.objects.count()) == before


def test_worked_twice_it_is_worked_out_once(late, are_many, monkeypatch):
    asked = answered(TWICE, at=late)
    work_out(asked.pk)
    monkeypatch.setattr(answering, "edited_cohort", None)
    work_out(asked.pk)
    assert not answered(TWICE, at=late).has_failed(late)


def test_a_killed_job_begins_again_from_nothing(late, are_many):
    asked = answered(TWICE, at=late)
    WhatIf.objects.update(replayed=2, moved_at=late)
    work_out(asked.pk)
    assert answered(TWICE, at=late).replayed == 3


def test_one_that_broke_off_says_so_until_it_is_asked_again(late, are_many, monkeypatch):
    def broken(*_given, **_named):
        raise ValueError("no such hour")

    asked = answered(TWICE, at=late)
    with monkeypatch.context() as broke:
        broke.setattr(answering, "edited_cohort", broken)
        with pytest.raises(ValueError, match="no such hour"):
            work_out(asked.pk)
    assert answered(TWICE, at=late).has_failed(late)
    forget(TWICE, at=late)
    again = answered(TWICE, at=late)
    assert jobs() == [asked.pk, again.pk]
    work_out(again.pk)
    assert answered(TWICE, at=late).answer["would_be"]["missed"] == 0


def test_one_that_does_not_move_any_more_counts_as_broken_off(late, are_many):
    answered(TWICE, at=late)
    WhatIf.objects.update(moved_at=late)
    found = answered(TWICE, at=late)
    assert not found.has_failed(late + timedelta(minutes=5))
    assert found.has_failed(late + timedelta(minutes=6))


def test_what_is_under_way_is_not_begun_twice_by_asking_again(late, are_many):
    asked = answered(TWICE, at=late)
    forget(TWICE, at=late)
    assert answered(TWICE, at=late) == asked


def test_after_an_hour_it_is_gone_and_asked_for_anew(late, are_many):
    asked = answered(TWICE, at=late)
    forget_old(at=late + HOUR - timedelta(seconds=1))
    assert WhatIf.objects.get() == asked
    assert answered(TWICE, at=late + HOUR) != asked
    forget_old(at=late + 2 * HOUR)
    assert not WhatIf.objects.exists()
