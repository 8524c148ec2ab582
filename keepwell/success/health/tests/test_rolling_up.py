"""An account together with those below it: the worst of them, or weighed by what each does."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from keepwell.success.health.cards import Band
from keepwell.success.health.rolling_up import Part, Way, rolled_up

RED, AMBER, GREEN, UNKNOWN = Band.RED, Band.AMBER, Band.GREEN, Band.INSUFFICIENT


def part(account: int, band: Band, score: int | None, weight: int | None = 1) -> Part:
    return Part(account=account, band=band, score=None if score is None else Fraction(score), weight=weight)


@pytest.mark.parametrize(
    ("parts", "way", "band", "score", "missing"),
    [
        ([], Way.WORST, UNKNOWN, None, ()),
        ([part(1, GREEN, 90), part(2, AMBER, 50)], Way.WORST, AMBER, None, ()),
        ([part(1, GREEN, 90), part(2, UNKNOWN, None)], Way.WORST, GREEN, None, (2,)),
        ([part(1, UNKNOWN, None)], Way.WORST, UNKNOWN, None, (1,)),
        ([part(1, GREEN, 90, 30), part(2, RED, 30, 10)], Way.SEATS, GREEN, 75, ()),
        ([part(1, GREEN, 90, 10), part(2, RED, 30, 30)], Way.SEATS, AMBER, 45, ()),
        ([part(1, GREEN, 90, 60), part(2, UNKNOWN, None, 40)], Way.REVENUE, GREEN, 90, (2,)),
        ([part(1, GREEN, 90, 59), part(2, UNKNOWN, None, 41)], Way.REVENUE, UNKNOWN, None, (2,)),
        ([part(1, GREEN, 90, None), part(2, RED, 20, 5)], Way.SEATS, RED, 20, (1,)),
        ([part(1, GREEN, 90, None)], Way.SEATS, UNKNOWN, None, (1,)),
    ],
)
def test_they_count_in_the_way_that_was_declared(parts, way, band, score, missing):
    whole = rolled_up(parts, way)
    assert (whole.band, whole.score, whole.missing) == (band, score, missing)


@given(
    some.lists(some.tuples(some.integers(0, 100), some.integers(1, 500)), min_size=1, max_size=12),
    some.randoms(),
)
def test_the_mean_lies_between_the_lowest_and_the_highest_in_whatever_order(rows, order):
    parts = [part(number, AMBER, score, weight) for number, (score, weight) in enumerate(rows)]
    whole = rolled_up(parts, Way.SEATS)
    order.shuffle(parts)
    assert whole.score is not None
    assert min(score for score, _weight in rows) <= whole.score <= max(score for score, _weight in rows)
    assert rolled_up(parts, Way.SEATS).score == whole.score
