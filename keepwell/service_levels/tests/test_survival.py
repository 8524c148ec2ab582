"""The share of promises kept, by tables worked out by hand, by properties, and beside lifelines."""

from __future__ import annotations

from math import comb, inf, isclose

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.datasets import load_gbsg2, load_lung, load_waltons

from keepwell.service_levels.survival import (
    Curve,
    kaplan_meier,
    poisson_binomial,
    together,
    wilson,
)

SAMPLES = {
    "waltons": (load_waltons, "T", "E"),
    "lung": (load_lung, "time", "status"),
    "gbsg2": (load_gbsg2, "time", "cens"),
}

clocks = st.lists(
    st.tuples(st.floats(0, 3).map(lambda used: round(used, 1)), st.booleans()), min_size=1, max_size=60
)


def curve(*pairs: tuple[float, bool]) -> Curve:
    return kaplan_meier([used for used, _ in pairs], [stopped for _, stopped in pairs])


def fitted(durations, observed) -> KaplanMeierFitter:
    return KaplanMeierFitter().fit(durations, observed)


def largest_difference(ours: Curve, theirs: KaplanMeierFitter) -> float:
    """Over every point lifelines speaks of: the survival and both ends of its interval."""
    points = theirs.survival_function_.index.to_numpy()
    low, high = ours.interval
    place = np.searchsorted(ours.times, points, side="right")
    columns = theirs.confidence_interval_.to_numpy()
    pairs = [
        (ours.at(points), theirs.survival_function_.to_numpy()[:, 0]),
        (np.concatenate(([1.0], low))[place], columns[:, 0]),
        (np.concatenate(([1.0], high))[place], columns[:, 1]),
    ]
    return max(float(np.abs(mine - other).max()) for mine, other in pairs)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_curve_is_that_of_lifelines_on_its_own_samples(name):
    load, lasted, stopped = SAMPLES[name]
    sample = load()
    observed = sample[stopped].to_numpy().astype(bool)
    ours = kaplan_meier(sample[lasted].to_numpy(), observed)
    assert largest_difference(ours, fitted(sample[lasted], observed)) < 1e-9


@given(clocks)
def test_the_curve_is_that_of_lifelines_on_any_sample_with_ties(pairs):
    durations, observed = np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs])
    assert largest_difference(kaplan_meier(durations, observed), fitted(durations, observed)) < 1e-9


def test_without_open_clocks_it_is_the_counted_share():
    kept = curve((0.2, True), (0.5, True), (1.0, True), (1.2, True)).kept
    assert isclose(kept.share, 0.75)


def test_a_clock_stopped_at_its_very_due_is_kept():
    assert curve((1.0, True), (2.0, True)).kept.share == 0.5


def test_a_young_open_clock_is_neither_a_hit_nor_a_miss():
    """Ten stopped in time, ten missed, and twenty that began just now: still one half."""
    old = [(0.5, True)] * 10 + [(3.0, True)] * 10
    assert isclose(curve(*old, *[(0.01, False)] * 20).kept.share, 0.5)


def test_an_open_clock_past_its_due_is_a_miss():
    assert isclose(curve((0.5, True), (1.5, False)).kept.share, 0.5)


def test_where_one_stops_and_one_is_open_the_open_one_was_still_watched():
    # At 0.5 two of two are watched, one stops: 1/2. Counted the other way round it would be 0.
    assert isclose(float(curve((0.5, True), (0.5, False)).at(0.5)), 0.5)


def test_a_case_solved_while_it_was_told_counts_as_kept():
    assert isclose(curve((0.0, True), (2.0, True)).kept.share, 0.5)


def test_a_clock_without_allowance_is_beyond_its_due_once_it_runs():
    assert isclose(curve((inf, True), (0.0, True)).kept.share, 0.5)


def test_no_clock_at_all_says_nothing():
    empty = kaplan_meier([], [])
    assert empty.kept.share == 0.0
    assert (empty.kept.low, empty.kept.high) == (0.0, 1.0)
    assert together([empty]) is None


def test_all_open_and_young_says_at_least_nothing_is_known():
    kept = curve(*[(0.3, False)] * 50).kept
    assert (kept.low, kept.high) == (0.0, 1.0)


def test_while_none_is_as_old_as_its_due_more_may_still_be_kept():
    kept = curve((0.1, True), (0.4, False), (0.4, False)).kept
    assert kept.high == 1.0
    assert kept.low < kept.share < 0.5


def test_ten_of_ten_kept_is_no_certainty():
    kept = curve(*[(0.5, True)] * 10).kept
    assert kept.share == 1.0
    assert kept.high == 1.0
    assert 0.65 < kept.low < 0.75  # Wilson for 10 of 10: 72.2 %


def test_ten_of_ten_missed_is_no_certainty_either():
    kept = curve(*[(1.5, False)] * 10).kept
    assert kept.share == 0.0
    assert 0.25 < kept.high < 0.35


@given(clocks)
def test_the_interval_holds_the_share_and_lies_within_0_and_1(pairs):
    kept = curve(*pairs).kept
    assert -1e-12 <= kept.low <= kept.share + 1e-12 <= kept.high + 2e-12 <= 1 + 3e-12


@given(clocks)
def test_the_curve_never_rises_and_the_order_of_clocks_does_not_matter(pairs):
    one, other = curve(*pairs), curve(*reversed(pairs))
    assert np.all(np.diff(one.survival) <= 0)
    assert np.array_equal(one.survival, other.survival)


def test_the_chance_of_an_open_clock_is_what_became_of_those_that_were_as_old():
    # Of the two still open at 0.6, one stops by 1: p = 1/2, drawn to one half it stays there.
    four = curve((0.2, True), (0.5, True), (0.8, True), (2.0, True))
    assert isclose(float(four.chance_to_be_kept(0.6)), 0.5)
    # At 0 all four are watched and three stop by 1: (4 x 3/4 + 1/2) / 5.
    assert isclose(float(four.chance_to_be_kept(0.0)), 0.7)


def test_where_none_was_ever_as_old_the_chance_is_one_half():
    assert float(curve((0.1, True)).chance_to_be_kept(0.9)) == 0.5


def test_past_the_due_there_is_no_chance():
    assert float(curve((0.1, True), (3.0, True)).chance_to_be_kept(1.0001)) == 0.0


def test_populations_together_are_the_mean_of_their_curves_by_size():
    good, bad = curve(*[(0.5, True)] * 9, (2.0, True)), curve(*[(0.5, True)] * 5, *[(2.0, True)] * 25)
    both = together([good, bad])
    assert isclose(both.share, (10 * 0.9 + 30 * 5 / 30) / 40)
    assert both.low < both.share < both.high


@pytest.mark.parametrize(
    ("kept", "of", "low", "high"),
    [(0, 10, 0.0, 0.27753), (10, 10, 0.72247, 1.0), (81, 263, 0.2553, 0.3662), (0, 0, 0.0, 1.0)],
)
def test_wilson_by_published_examples(kept, of, low, high):
    assert wilson(kept, of) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_equal_chances_give_the_binomial_distribution():
    exact = [comb(30, k) * 0.3**k * 0.7 ** (30 - k) for k in range(31)]
    assert poisson_binomial([0.3] * 30) == pytest.approx(exact, rel=1e-12)


def test_three_chances_by_hand():
    # None: .5 x .8 x .1; all: .5 x .2 x .9; one: .04 x (1 + .25 + 9).
    assert poisson_binomial([0.5, 0.2, 0.9]) == pytest.approx([0.04, 0.41, 0.46, 0.09])


def test_no_chance_is_certainly_none():
    assert poisson_binomial([]).tolist() == [1.0]


def test_ten_thousand_trials_keep_their_digits():
    chances = np.random.default_rng(5).random(10_000)
    found = poisson_binomial(chances)
    counts = np.arange(found.size)
    assert found.sum() == pytest.approx(1.0, abs=1e-10)
    assert counts @ found == pytest.approx(chances.sum(), rel=1e-10)
    middle = chances.sum()
    assert (counts - middle) ** 2 @ found == pytest.approx((chances * (1 - chances)).sum(), rel=1e-9)


@pytest.mark.parametrize(
    ("durations", "observed", "said"),
    [([-1.0], [True], "0 or more"), ([float("nan")], [True], "0 or more"), ([1.0], [], "each clock")],
)
def test_what_is_no_duration_is_refused(durations, observed, said):
    with pytest.raises(ValueError, match=said):
        kaplan_meier(durations, observed)


def test_what_is_no_chance_is_refused():
    with pytest.raises(ValueError, match="between 0 and 1"):
        poisson_binomial([0.5, 1.2])
