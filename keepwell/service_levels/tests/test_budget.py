"""How many misses a promise still allows, by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwell.service_levels.budget import Budget, misses_allowed, must_be_met


@pytest.mark.parametrize(
    ("clocks", "objective", "allowed"),
    [
        (20, "85", 3),
        (19, "85", 2),  # 16.15 must be met, so 17
        (1, "85", 0),
        (0, "85", 0),
        (100, "100", 0),
        (100, "0", 100),
        (1000, "99.95", 0),
        (2000, "99.95", 1),
        (7, "70", 2),
    ],
)
def test_misses_allowed(clocks, objective, allowed):
    assert misses_allowed(clocks, Decimal(objective)) == allowed


@given(st.integers(0, 5000), st.integers(0, 10_000))
def test_one_miss_more_than_allowed_breaks_the_objective(clocks, hundredths):
    objective = Decimal(hundredths) / 100
    met = must_be_met(clocks, objective)
    assert met * 10_000 >= clocks * hundredths
    assert met == 0 or (met - 1) * 10_000 < clocks * hundredths


def test_a_budget_half_spent_when_half_the_month_is_gone_burns_at_one():
    budget = Budget(objective=Decimal(85), so_far=50, expected=100, spent=7, gone=Fraction(1, 2))
    assert (budget.allowed_so_far, budget.allowed, budget.left) == (7, 15, 8)
    assert budget.burn_rate == Fraction(14, 15)


def test_a_budget_may_be_overdrawn():
    assert Budget(objective=Decimal(85), so_far=50, expected=100, spent=20, gone=Fraction(1, 2)).left == -5


def test_without_a_budget_there_is_no_rate_and_the_first_miss_spends_it():
    budget = Budget(objective=Decimal(100), so_far=50, expected=100, spent=1, gone=Fraction(1, 2))
    assert budget.burn_rate is None
    assert budget.left == -1
