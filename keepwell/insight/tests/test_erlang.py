"""Erlang's formulas against exact and published values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwell.insight.work.erlang import Live, blocking, people_needed, staffed, waiting

# 200 calls an hour of three minutes, 80 % within 20 seconds: the example that textbooks of call centres and
# their calculators work out (ten erlangs, fourteen agents).
PUBLISHED = Live(contacts_an_hour=200, handling_minutes=3)


@pytest.mark.parametrize(
    ("people", "erlangs", "chance"),
    [
        (1, 0.5, 1 / 2),  # M/M/1: the load itself
        (2, 1.0, 1 / 3),
        (3, 2.0, 4 / 9),
        (4, 3.0, 27 / 53),
        (14, 10.0, 0.1741),
        (2, 2.0, 1.0),
        (1, 5.0, 1.0),
    ],
)
def test_the_chance_to_wait(people, erlangs, chance):
    assert waiting(people, erlangs) == pytest.approx(chance, abs=1e-4)


@pytest.mark.parametrize(
    ("people", "erlangs", "chance"),
    [
        (0, 3.0, 1.0),
        (1, 1.0, 1 / 2),
        (2, 1.0, 1 / 5),
        (3, 2.0, 4 / 19),
        (10, 10.0, 0.2146),
        (20, 12.03, 0.01),
    ],
)
def test_the_chance_to_be_blocked(people, erlangs, chance):
    """The last two are lines of the published tables of Erlang B."""
    assert blocking(people, erlangs) == pytest.approx(chance, abs=1e-4)


def test_the_published_example():
    found = staffed(14, PUBLISHED)
    assert PUBLISHED.erlangs == pytest.approx(10)
    assert found.waits == pytest.approx(0.174, abs=5e-4)
    assert found.in_time == pytest.approx(0.888, abs=5e-4)
    assert found.mean_wait_seconds == pytest.approx(7.8, abs=0.05)
    assert found.busy == pytest.approx(0.714, abs=5e-4)


def test_thirteen_would_be_too_few():
    assert staffed(13, PUBLISHED).in_time < 0.8
    assert people_needed(PUBLISHED) == 14


def test_with_too_few_the_line_grows_for_ever():
    found = staffed(10, PUBLISHED)
    assert (found.in_time, found.mean_wait_seconds, found.busy) == (0.0, None, 1.0)


def test_more_than_any_desk_has_is_refused():
    with pytest.raises(ValueError, match="erlangs"):
        people_needed(Live(contacts_an_hour=100_000, handling_minutes=60))


@given(st.floats(0.1, 200), st.floats(0.5, 60), st.floats(0.05, 0.99))
def test_the_fewest_are_enough_and_one_less_is_not(contacts, minutes, share):
    live = Live(contacts_an_hour=contacts, handling_minutes=minutes, share=share)
    people = people_needed(live)
    assert staffed(people, live).in_time >= share
    assert people == 1 or staffed(people - 1, live).in_time < share
