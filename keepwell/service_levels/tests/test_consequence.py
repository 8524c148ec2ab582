"""Which case next: what holds for any history, any budgets and any case."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwell.service_levels.budget import Budget
from keepwell.service_levels.consequence import (
    PARTS,
    RISING,
    SILENCE,
    Part,
    Promise,
    Stake,
    Stakes,
    at_stake,
    chances_of_miss,
    floor_of,
    loss_reason,
    stake_of,
    stakes_of,
)
from keepwell.service_levels.survival import kaplan_meier

LOW, NORMAL, HIGH = (Promise(1, "resolution", severity) for severity in RISING)
OVERALL = Promise(1, "overall", "any")
# How cases stand, and parts of all that some guidelines watch.
NOBODYS, GOLD, GOLD_BY_CHAT = Part(), Part(segment="gold"), Part(segment="gold", channel="chat")
PARTS_OF_CASES = [NOBODYS, GOLD, GOLD_BY_CHAT, Part(product=7), Part(product=7, channel="chat")]

used = st.floats(0, 1)
histories = st.lists(
    st.tuples(st.floats(0, 3).map(lambda part: round(part, 2)), st.booleans()), min_size=0, max_size=40
)
counts = st.tuples(st.integers(0, 400), st.integers(0, 60), st.sampled_from(["70", "85", "95", "100"]))


def chances(history=((0.2, True), (0.5, True), (2.0, True))):
    return chances_of_miss(kaplan_meier([part for part, _ in history], [stops for _, stops in history]))


def budget(expected: int = 100, spent: int = 5, objective: str = "85") -> Budget:
    return Budget(
        objective=Decimal(objective), so_far=expected, expected=expected, spent=spent, gone=Fraction(1, 2)
    )


def stakes(*found: tuple[Promise, Budget], history=((0.2, True), (0.5, True), (2.0, True))) -> Stakes:
    return stakes_of([stake_of(promise, chances(history), one) for promise, one in found])


def loss(
    of: Stakes, promise: Promise, part: float, *, is_missed: bool = False, case: Part = NOBODYS
) -> float:
    return float(at_stake(of, np.array(of.rows_of(promise, case)), part, is_missed).sum())


def watching(promise: Promise, part: Part, expected: int) -> Stake:
    return stake_of(promise, chances(), budget(expected), part=part)


@given(histories, counts, used, used)
def test_what_is_nearer_its_due_never_loses_less(history, count, one, other):
    known = stakes((NORMAL, budget(*count)), history=history)
    nearer, further = max(one, other), min(one, other)
    assert loss(known, NORMAL, nearer) >= loss(known, NORMAL, further)


@given(histories, counts, counts, counts, used)
def test_high_never_stands_below_the_same_low(history, low, normal, high, part):
    known = stakes((LOW, budget(*low)), (NORMAL, budget(*normal)), (HIGH, budget(*high)), history=history)
    assert loss(known, LOW, part) <= loss(known, NORMAL, part) <= loss(known, HIGH, part)
    floors = floor_of(np.arange(3), np.full(3, part))
    assert floors[0] <= floors[1] <= floors[2]


@given(st.lists(counts, min_size=4, max_size=4), st.sampled_from(range(len(RISING))))
def test_whatever_is_hopeless_stands_before_any_other_in_the_end(count, severity):
    known = stakes(*((one, budget(*of)) for one, of in zip((LOW, NORMAL, HIGH, OVERALL), count, strict=True)))
    # Nobody has more to lose than all his clocks, each sure to be missed.
    most = 4 * float(known.costs.max())
    assert floor_of(np.array(severity), most / min(SILENCE.values()) + 1) > most


def test_silence_adds_more_the_longer_it_is():
    assert np.all(np.diff(floor_of(np.zeros(50, dtype=int), np.linspace(0, 9, 50))) > 0)


def test_a_missed_clock_has_nothing_more_to_lose():
    known = stakes((NORMAL, budget()))
    assert loss(known, NORMAL, 1.5, is_missed=True) == 0.0


def test_a_miss_costs_more_where_the_guideline_has_fewer_clocks():
    known = stakes((NORMAL, budget(400)), (OVERALL, budget(40)))
    assert loss(known, OVERALL, 0.3) > loss(known, NORMAL, 0.3)


@given(st.permutations([(LOW, budget(50)), (NORMAL, budget(200)), (HIGH, budget(20))]), used)
def test_the_order_in_which_guidelines_are_read_does_not_matter(found, part):
    in_order = stakes((LOW, budget(50)), (NORMAL, budget(200)), (HIGH, budget(20)))
    shuffled = stakes(*found)
    for promise in (LOW, NORMAL, HIGH):
        assert loss(shuffled, promise, part) == pytest.approx(loss(in_order, promise, part))


def test_of_two_guidelines_of_one_promise_the_dearer_counts():
    both = stakes((NORMAL, budget(400)), (NORMAL, budget(40)))
    [row] = both.rows_of(NORMAL)
    assert both.known[row].expected == 40


def test_a_clock_costs_every_guideline_whose_part_holds_its_case_and_no_other():
    parts = [NOBODYS, GOLD, Part(product=7)]
    known = stakes_of(
        [watching(NORMAL, part, expected) for part, expected in zip(parts, (400, 40, 4), strict=True)]
    )
    alone = loss(known, NORMAL, 0.3)
    with_segment = loss(known, NORMAL, 0.3, case=Part(2, "gold", "form"))
    with_both = loss(known, NORMAL, 0.3, case=Part(7, "gold", "form"))
    assert with_segment == pytest.approx(11 * alone)
    assert with_both == pytest.approx(111 * alone)
    assert loss(known, NORMAL, 0.3, case=Part(2, "silver", "form")) == alone


def test_a_case_that_no_part_holds_is_one_that_nobody_watches():
    known = stakes_of([watching(NORMAL, GOLD, 40)])
    assert loss(known, NORMAL, 0.3, case=Part(2, "silver", "form")) == 0.5


def test_the_reason_is_told_of_the_guideline_that_loses_most():
    whole, part = watching(NORMAL, NOBODYS, 400), replace(watching(NORMAL, GOLD, 40), name="Gold customers")
    known = stakes_of([whole, part])
    assert loss_reason(known, NORMAL, 0.3, None, case=GOLD_BY_CHAT).name == "Gold customers"
    assert loss_reason(known, NORMAL, 0.3, None).name == ""


@given(st.data(), st.sampled_from(PARTS_OF_CASES), used)
def test_nor_does_high_stand_below_the_same_low_where_parts_are_watched(data, case, used_part):
    known = stakes_of(
        [
            watching(promise, part, data.draw(st.integers(0, 400)))
            for promise in (LOW, NORMAL, HIGH)
            for part in PARTS_OF_CASES
        ]
    )
    low, normal, high = (loss(known, promise, used_part, case=case) for promise in (LOW, NORMAL, HIGH))
    assert low <= normal * (1 + 1e-9) <= high * (1 + 2e-9)


def test_nothing_known_is_one_half_and_breaks_nothing():
    nothing = stakes_of([])
    assert loss(nothing, NORMAL, 0.1) == loss(nothing, NORMAL, 0.9) == 0.5
    assert loss_reason(nothing, NORMAL, 0.9, None).left is None


def test_a_budget_that_is_overdrawn_and_one_of_nothing_break_nothing():
    for one in (budget(100, 60), budget(0, 0), budget(10, 3, "100")):
        found = stake_of(NORMAL, chances(()), one)
        assert 0 < found.cost < np.inf


def test_the_chances_are_those_of_the_curve_and_never_fall():
    curve = kaplan_meier([0.1, 0.2, 0.4, 0.6, 2.0, 3.0], [True] * 6)
    found = chances_of_miss(curve)
    assert len(found) == PARTS + 1
    assert found[0] == pytest.approx(1 - float(curve.chance_to_be_kept(0.0)))
    assert np.all(np.diff(found) >= 0)
