"""How far a printed figure may lie from 100,000 draws."""

from __future__ import annotations

import pytest

from prove.recount.estimates import Drawn
from prove.recount.holding import ERRORS, away


@pytest.mark.parametrize(
    ("printed", "yes", "is_same"),
    [
        ("0.0", 0, True),
        ("2.05e-07", 1, True),
        ("2.05e-07", 3, False),
        ("0.0", 1, False),
        ("0.9999998", 99_999, True),
        ("1.0", 99_999, False),
        ("0.5", 50_600, True),
        ("0.5", 50_700, False),
        ("0.5", 49_300, False),
    ],
)
def test_a_chance_is_held_against_the_exact_tail_of_its_draws(printed, yes, is_same):
    drawn = Drawn(value=yes / 100_000, error=0.0, is_chance=True)
    assert (away(printed, drawn) <= ERRORS) is is_same


def test_a_mean_is_held_against_its_standard_error():
    drawn = Drawn(value=0.80, error=0.001)
    assert away("0.8039", drawn) <= ERRORS < away("0.8042", drawn)


def test_what_the_page_rounds_a_year_to_comes_before_the_errors_of_the_draws():
    drawn = Drawn(value=0.80, error=0.00002)
    assert away("0.80015", drawn) <= ERRORS < away("0.80019", drawn)
