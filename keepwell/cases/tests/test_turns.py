"""Whose turn it was, from what was recorded; and the closure keeps it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from keepwell.cases.models import Case, Closure
from keepwell.cases.tests.elm_falls import DAY, HOUR, NINE, SOLVED, answer, write_again
from keepwell.cases.turns import TOLD_BY, Turn, turns_until
from keepwell.cases.verbs.reopening import reopen
from keepwell.cases.verbs.resolving import resolve
from keepwell.cases.verbs.waiting import schedule, take_back
from keepwell.cases.verbs.withdrawing import withdraw

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
NONE = timedelta(0)

# Hours after noon at which something was recorded, the hour of the end, and hours of each turn.
STORIES: dict[str, tuple[list[tuple[str, int]], int, dict[Turn, int]]] = {
    "ours from the opening": ([("case.opened", 0)], 3, {Turn.OURS: 3}),
    "his until his word, then ours": (
        [("case.opened", 0), ("case.wait_began", 1), ("message.received", 5)],
        6,
        {Turn.OURS: 2, Turn.CUSTOMER: 4},
    ),
    "his until we go on ourselves": (
        [("case.opened", 0), ("case.wait_began", 1), ("case.taken_back", 2), ("message.received", 5)],
        6,
        {Turn.OURS: 5, Turn.CUSTOMER: 1},
    ),
    "his word does not end the wait for engineering": (
        [("case.opened", 0), ("case.engineering_wait_began", 1), ("message.received", 2)],
        4,
        {Turn.OURS: 1, Turn.ENGINEERING: 3},
    ),
    "nor that for a date": (
        [("case.opened", 0), ("case.scheduled", 1), ("message.received", 2), ("case.taken_back", 3)],
        4,
        {Turn.OURS: 2, Turn.SCHEDULED: 2},
    ),
    "nobody's while it had ended": (
        [("case.opened", 0), ("case.resolved", 2), ("message.received", 7), ("case.reopened", 7)],
        8,
        {Turn.OURS: 3},
    ),
    "what came after the end does not count": (
        [("case.opened", 0), ("case.resolved", 2), ("case.reopened", 5), ("case.wait_began", 6)],
        2,
        {Turn.OURS: 2},
    ),
    "other entries hand nothing over": (
        [("case.opened", 0), ("case.wait_began", 1), ("case.assigned", 2), ("case.marked_spam", 3)],
        4,
        {Turn.OURS: 1, Turn.CUSTOMER: 3},
    ),
    "nothing is known before the opening": ([], 4, {}),
}


@pytest.mark.parametrize(("told", "ended", "hours"), STORIES.values(), ids=STORIES)
def test_the_time_until_the_end_is_divided(
    told: list[tuple[str, int]], ended: int, hours: dict[Turn, int]
) -> None:
    spent = turns_until(NOON + ended * HOUR, [(kind, NOON + hour * HOUR) for kind, hour in told])
    assert spent == {turn: hours.get(turn, 0) * HOUR for turn in Turn}


recorded = st.lists(st.tuples(st.sampled_from(TOLD_BY), st.integers(1, 99)), max_size=12)


@given(recorded, st.randoms())
def test_the_order_in_which_they_are_told_does_not_matter(told: list[tuple[str, int]], chance: Any) -> None:
    by_hour = {hour: kind for kind, hour in told}
    story = [(kind, NOON + hour * HOUR) for hour, kind in by_hour.items()]
    shuffled = chance.sample(story, len(story))
    assert turns_until(NOON + 100 * HOUR, story) == turns_until(NOON + 100 * HOUR, shuffled)


@given(recorded)
def test_no_more_time_is_given_out_than_has_passed(told: list[tuple[str, int]]) -> None:
    story = [("case.opened", NOON), *((kind, NOON + hour * HOUR) for kind, hour in told)]
    spent = turns_until(NOON + 100 * HOUR, story)
    assert sum(spent.values(), timedelta(0)) <= 100 * HOUR
    assert min(spent.values()) >= timedelta(0)


def kept(case: Case) -> list[dict[str, timedelta]]:
    """Of each time that the case ended."""
    return list(Closure.objects.filter(case=case).values(*(turn.value for turn in Turn)))


def test_a_closure_keeps_whose_turn_it_was(case, maria, dana):
    answer(case, maria, NINE + HOUR, intention="wait")
    take_back(case, by=maria, at=NINE + 4 * HOUR)
    resolve(case, SOLVED, by=maria, at=NINE + 6 * HOUR)
    reopen(case, by=dana, at=NINE + 9 * HOUR)
    withdraw(case, by=dana, at=NINE + 10 * HOUR)
    assert kept(case) == [
        {"on_us": 3 * HOUR, "on_customer": 3 * HOUR, "on_engineering": NONE, "on_date": NONE},
        {"on_us": 4 * HOUR, "on_customer": 3 * HOUR, "on_engineering": NONE, "on_date": NONE},
    ]


def test_a_word_that_was_said_before_the_end_and_came_after_it_counts(case, maria, dana):
    answer(case, maria, NINE + HOUR, intention="wait")
    resolve(case, SOLVED, by=maria, at=NINE + 6 * HOUR)
    write_again(case, dana, NINE + 2 * HOUR)
    assert kept(case)[0] == {
        "on_us": 5 * HOUR, "on_customer": HOUR, "on_engineering": NONE, "on_date": NONE,
    }  # fmt: skip


def test_what_ended_before_it_was_kept_is_counted_by_the_migration_alike(case, maria, dana):
    answer(case, maria, NINE + HOUR, intention="wait")
    write_again(case, dana, NINE + 3 * HOUR)
    schedule(case, NINE + DAY, by=maria, at=NINE + 4 * HOUR)
    resolve(case, SOLVED, by=maria, at=NINE + 6 * HOUR)
    reopen(case, by=dana, at=NINE + 7 * HOUR)
    resolve(case, SOLVED, by=maria, at=NINE + 9 * HOUR)
    before = kept(case)
    Closure.objects.update(**dict.fromkeys(Turn, NONE))
    with connection.cursor() as cursor:
        cursor.execute(import_module("keepwell.cases.migrations.0007_whose_turn").TURNS_OF_CLOSURES)
    assert kept(case) == before
