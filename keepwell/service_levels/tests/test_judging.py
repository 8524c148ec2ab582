"""When a figure is called kept, not kept, unsure, or too small to judge."""

from decimal import Decimal

import pytest

from keepwell.service_levels.judging import KEPT, NOT_KEPT, TOO_FEW, UNSURE, verdict
from keepwell.service_levels.survival import Estimate


def said(share, low, high, *, clocks=100, missed=10, objective="85"):
    estimate = Estimate(share=share, low=low, high=high, variance=0.001)
    return verdict(estimate, clocks=clocks, missed=missed, objective=Decimal(objective))


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.85, 0.95, KEPT),
        (0.84, 0.95, UNSURE),
        (0.60, 0.85, UNSURE),
        (0.60, 0.84, NOT_KEPT),
    ],
)
def test_it_is_judged_by_the_interval(low, high, expected):
    assert said(0.84, low, high) == expected


def test_ten_cases_are_too_few_however_well_they_went():
    assert said(1.0, 0.9, 1.0, clocks=10, missed=0) == TOO_FEW


def test_without_a_clock_there_is_nothing_to_judge():
    assert verdict(None, clocks=0, missed=0, objective=Decimal(85)) == TOO_FEW


def test_where_all_must_be_met_the_first_miss_decides():
    assert said(1.0, 0.96, 1.0, missed=0, objective="100") == KEPT
    assert said(0.999, 0.98, 1.0, missed=1, objective="100") == NOT_KEPT
    assert said(0.98, 0.9, 0.99, missed=0, objective="100") == UNSURE
