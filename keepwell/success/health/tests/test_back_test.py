"""What snapshots were worth: worked by hand, and by portfolios whose truth is known."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from keepwell.success.health.back_test import LOSSES_TO_TUNE, Renewal, area_interval, back_test
from keepwell.success.health.cards import Band


def renewal(score: int | None, *, lost: bool, band: Band = Band.GREEN, **other) -> Renewal:
    return Renewal(
        band=band, score=None if score is None else Fraction(score), trend=None, is_lost=lost, **other
    )


def test_losses_are_counted_by_band_with_their_interval():
    found = back_test(
        [
            renewal(20, lost=True, band=Band.RED),
            renewal(30, lost=False, band=Band.RED),
            renewal(90, lost=False),
        ]
    )
    red, green = found.bands[Band.RED], found.bands[Band.GREEN]
    assert (red.lost, red.of, red.share) == (1, 2, Fraction(1, 2))
    assert 0 < red.low < 0.5 < red.high < 1
    assert (green.share, found.bands[Band.AMBER].share) == (0, None)
    assert (found.bands[Band.AMBER].low, found.bands[Band.AMBER].high) == (0, 1)


def test_the_area_is_the_share_of_pairs_in_the_right_order_and_ties_count_half():
    found = back_test(
        [renewal(10, lost=True), renewal(50, lost=True), renewal(50, lost=False), renewal(80, lost=False)]
    )
    assert found.by_score is not None
    assert found.by_score.value == (1 + 1 + 0.5 + 1) / 4
    assert (found.by_score.lost, found.by_score.kept) == (2, 2)


@pytest.mark.parametrize("lost", [True, False])
def test_without_both_kinds_there_is_no_area(lost):
    assert back_test([renewal(10, lost=lost), renewal(None, lost=not lost)]).by_score is None


def test_the_trend_alone_stands_beside_it():
    told = [
        Renewal(band=Band.RED, score=Fraction(1), trend=Fraction(9), is_lost=True),
        Renewal(band=Band.GREEN, score=Fraction(9), trend=Fraction(1), is_lost=False),
    ]
    found = back_test(told)
    assert found.by_score is not None
    assert found.by_trend is not None
    assert (found.by_score.value, found.by_trend.value) == (1, 0)


def test_how_early_the_lost_ones_were_red_is_the_median_of_those_that_were():
    found = back_test([renewal(1, lost=True, warned_days=days) for days in (90, 120, None)])
    assert (found.warned, found.warned_days) == (2, 105)
    assert back_test([renewal(1, lost=True)]).warned_days is None


def test_below_fifty_losses_nobody_turns_a_weight():
    few = [renewal(1, lost=True)] * (LOSSES_TO_TUNE - 1)
    assert not back_test(few).may_tune
    assert back_test([*few, renewal(1, lost=True)]).may_tune


@pytest.mark.parametrize(("value", "lost", "kept"), [(1.0, 5, 95), (0.5, 5, 95), (0.8, 20, 380), (0.0, 1, 1)])
def test_an_interval_holds_its_value_and_stays_within_the_scale(value, lost, kept):
    low, high = area_interval(value, lost, kept)
    assert 0 <= low <= value <= high <= 1
    assert low < high, "also where all are told apart: few prove little"


def test_more_accounts_make_it_narrower():
    widths = [high - low for low, high in (area_interval(0.7, 10 * n, 190 * n) for n in (1, 4, 16))]
    assert widths == sorted(widths, reverse=True)
    assert widths[0] == pytest.approx(0.33, abs=0.05), (
        "200 accounts of which 5 % are lost: some 17 points each way"
    )


def test_nineteen_times_of_twenty_the_interval_holds_the_truth():
    """400 accounts, 5 % lost; the scores of lost and kept are two normal distributions a known way apart."""
    chance = np.random.default_rng(7)
    truth, portfolios = 0.7602499389065233, 400  # of two normal distributions one standard deviation apart
    held = 0
    for _portfolio in range(portfolios):
        lost = chance.random(400) < 0.05
        scores = chance.normal(size=400) - lost
        told = [
            Renewal(band=Band.GREEN, score=Fraction(score), trend=None, is_lost=bool(one))
            for score, one in zip(scores, lost, strict=True)
        ]
        area = back_test(told).by_score
        assert area is not None
        held += area.low <= truth <= area.high
    assert held / portfolios > 0.92
