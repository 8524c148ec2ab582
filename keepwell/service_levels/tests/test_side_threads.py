"""Side threads and promises have nothing to do with one another."""

from __future__ import annotations

from datetime import timedelta

import pytest

from keepwell.cases.tests.elm_falls import NINE, answer, open_for
from keepwell.conversations.words import Words
from keepwell.journal.kinds import all_kinds
from keepwell.service_levels.checking import clock_differences
from keepwell.service_levels.history import READ_KINDS
from keepwell.service_levels.models import Clock
from keepwell.service_levels.passing import fire_what_is_due
from keepwell.side_threads.queries import own_kinds
from keepwell.side_threads.tests.outside import ask, hear
from keepwell.side_threads.verbs.answering import answer as write_aside
from tests import cast

pytestmark = pytest.mark.django_db


def test_no_clock_reads_what_is_recorded_of_a_side_thread():
    assert own_kinds()
    assert not set(own_kinds()) & set(READ_KINDS)
    assert {kind.name for kind in all_kinds()} >= set(own_kinds())


def test_the_clocks_of_a_case_are_the_same_with_and_without_a_side_thread(clock_at):
    clock_at(NINE)
    cast.the_guidelines()
    maria, dana = cast.maria_the_specialist(), cast.dana_at_elm_falls()
    alone, asking = open_for(dana, at=NINE), open_for(dana, at=NINE)
    thread = ask(asking, maria)
    for case in (alone, asking):
        answer(case, maria, NINE + timedelta(minutes=3))
    hear(thread)
    write_aside(thread, Words(body="Thanks"), by=maria, at=NINE + timedelta(minutes=9))
    fire_what_is_due(at=NINE + timedelta(days=9))
    columns = ("metric", "run", "started_at", "due_at", "ended_at", "missed_at")
    shown = [field.name for field in Clock._meta.get_fields() if field.name in columns]

    def clocks(case):
        return list(Clock.objects.filter(case=case).order_by("metric", "pk").values_list(*shown))

    assert clocks(alone)
    assert clocks(alone) == clocks(asking)
    assert not list(clock_differences(at=NINE + timedelta(days=9)))
