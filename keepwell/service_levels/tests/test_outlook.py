"""The chance that a cohort meets its objective, beside direct enumeration and beside drawing lots."""

from decimal import Decimal
from itertools import product
from math import isclose, prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwell.service_levels.outlook import NO_ARRIVALS, Arrivals, outlook, share_variance

HALF = Decimal(50)


def chance(*, met=0, missed=0, chances=(), arrivals=NO_ARRIVALS, objective=HALF) -> float:
    return outlook(met=met, missed=missed, chances=chances, arrivals=arrivals, objective=objective).chance


@given(
    st.integers(0, 4),
    st.integers(0, 4),
    st.lists(st.floats(0.01, 0.99), min_size=1, max_size=6),
    st.sampled_from(["0", "33.33", "50", "66.67", "85", "100"]),
)
def test_without_arrivals_it_is_the_sum_over_every_way_the_open_ones_may_end(met, missed, chances, objective):
    total = met + missed + len(chances)
    expected = sum(
        prod(p if is_met else 1 - p for p, is_met in zip(chances, ends, strict=True))
        for ends in product((True, False), repeat=len(chances))
        if (met + sum(ends)) * 100 >= Decimal(objective) * total
    )
    found = chance(met=met, missed=missed, chances=chances, objective=Decimal(objective))
    assert isclose(found, expected, abs_tol=1e-12)


def test_what_is_decided_is_certain():
    assert chance(met=85, missed=15, objective=Decimal(85)) == 1.0
    assert chance(met=84, missed=16, objective=Decimal(85)) == 0.0


def test_of_nothing_nothing_is_said():
    assert outlook(met=0, missed=0, chances=[], arrivals=NO_ARRIVALS, objective=HALF) is None


def test_a_miss_where_all_must_be_met_is_final():
    coming = Arrivals(expected=30, share=0.9, variance=0.01)
    assert chance(missed=1, chances=[0.9], arrivals=coming, objective=Decimal(100)) == 0.0


def test_all_must_be_met_needs_every_open_one_and_no_miss_to_come():
    coming = Arrivals(expected=10, share=0.9)
    found = chance(met=5, chances=[0.9, 0.5], arrivals=coming, objective=Decimal(100))
    assert isclose(found, 0.45 * np.exp(-1.0))


def test_it_is_what_drawing_lots_gives():
    draw = np.random.default_rng(11)
    each, coming = draw.uniform(0.2, 0.95, 60), Arrivals(expected=80, share=0.78)
    found = chance(met=70, missed=20, chances=each, arrivals=coming, objective=Decimal(78))
    lots = 200_000
    met = 70 + (draw.random((lots, 60)) < each).sum(axis=1)
    kept, lost = draw.poisson(80 * 0.78, lots), draw.poisson(80 * 0.22, lots)
    share = (met + kept) / (90 + 60 + kept + lost)
    assert found == pytest.approx((share >= 0.78).mean(), abs=0.005)


def test_an_uncertain_share_keeps_its_mean_and_draws_the_chance_to_the_middle():
    sure = Arrivals(expected=200, share=0.8)
    unsure = Arrivals(expected=200, share=0.8, variance=0.05**2)
    args = {"met": 80, "missed": 20, "chances": [], "objective": Decimal(77)}
    one, other = outlook(arrivals=sure, **args), outlook(arrivals=unsure, **args)
    assert one.expected_share == other.expected_share == 0.8
    assert 0.5 < other.chance < one.chance


def test_of_thousands_to_come_an_uncertain_share_gives_what_drawing_lots_gives():
    """As a desk of 100,000 cases in two years had it: 21 points told .637 where .648 was drawn."""
    share, variance, coming, lots = 0.8161, 0.003836, 2256, 400_000
    draw = np.random.default_rng(5)
    spread, normal = variance**0.5 / (share * (1 - share)), draw.standard_normal(lots)
    middles = np.linspace(1.4, 1.8, 401)
    means = [np.mean(1 / (1 + np.exp(-middle - spread * normal[:40_000]))) for middle in middles]
    shares = 1 / (1 + np.exp(-np.interp(share, means, middles) - spread * normal))
    kept, lost = draw.poisson(coming * shares), draw.poisson(coming * (1 - shares))
    found = chance(arrivals=Arrivals(expected=coming, share=share, variance=variance), objective=Decimal(80))
    assert found == pytest.approx((kept >= 0.8 * (kept + lost)).mean(), abs=0.004)


def test_more_open_clocks_than_a_desk_ever_has_are_counted_in_a_moment():
    each = np.random.default_rng(3).uniform(0.3, 1.0, 5000)
    coming = Arrivals(expected=4000, share=0.8, variance=0.0004)
    assert 0 < chance(met=8000, missed=2000, chances=each, arrivals=coming, objective=Decimal(75)) < 1


def test_the_variance_of_a_share_grows_with_unruly_weeks():
    calm = share_variance(greenwood=0.0001, dispersion=0.6, between_weeks=0.0, weeks_left=2)
    assert calm == 0.0001
    assert share_variance(
        greenwood=0.0001, dispersion=2, between_weeks=0.0008, weeks_left=2
    ) == pytest.approx(0.0006)
