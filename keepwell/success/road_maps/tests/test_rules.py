"""The pure rules of road maps, by tables and for anything."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwell.contracts.terms import Span
from keepwell.success.road_maps.comparing import Change, changes, taken
from keepwell.success.road_maps.dependencies import circle_through, in_order
from keepwell.success.road_maps.progress import (
    Completion,
    Way,
    completion,
    expected,
    is_late,
    is_reached,
    position,
)
from keepwell.success.road_maps.returns import Claim, returns_over
from keepwell.success.road_maps.states import (
    ActionState,
    ClaimState,
    Direction,
    GoalState,
    action_may_go,
    goal_may_go,
)

NEW_YEAR, JUNE = date(2026, 1, 1), date(2026, 6, 9)
YEAR = Span(first=NEW_YEAR, last=date(2026, 12, 31))
DECIMALS = st.decimals(-1000, 1000, places=2)


def way(baseline, target, direction=Direction.UP):
    return Way(
        direction=direction,
        baseline=Decimal(baseline),
        baseline_on=NEW_YEAR,
        target=Decimal(target),
        target_on=YEAR.last,
    )


@pytest.mark.parametrize(
    ("baseline", "target", "direction", "value", "share", "reached"),
    [
        (0, 80, Direction.UP, 40, Fraction(1, 2), False),
        (0, 80, Direction.UP, 80, Fraction(1), True),
        (0, 80, Direction.UP, 100, Fraction(5, 4), True),
        (20, 80, Direction.UP, 5, Fraction(-1, 4), False),
        (12, 4, Direction.DOWN, 10, Fraction(1, 4), False),
        (12, 4, Direction.DOWN, 3, Fraction(9, 8), True),
    ],
)
def test_where_a_measure_is(baseline, target, direction, value, share, reached):
    found = way(baseline, target, direction)
    assert position(found, Decimal(value)) == share
    assert is_reached(found, Decimal(value)) == reached


@given(DECIMALS, DECIMALS, DECIMALS, st.sampled_from(Direction))
def test_a_measure_is_reached_just_where_its_position_is_one_or_more(baseline, target, value, direction):
    found = way(baseline, target, direction)
    if found.is_sound:
        assert (position(found, value) >= 1) == is_reached(found, value)
        assert position(found, found.baseline) == 0
        assert position(found, found.target) == 1


@pytest.mark.parametrize(
    ("baseline", "target", "direction"), [(5, 5, Direction.UP), (5, 4, Direction.UP), (4, 5, Direction.DOWN)]
)
def test_a_target_that_lies_the_other_way_is_not_sound(baseline, target, direction):
    assert not way(baseline, target, direction).is_sound


def test_evenly_it_would_be_here():
    found = way(0, 10)
    days = (date(2025, 1, 1), NEW_YEAR, YEAR.last, date(2027, 1, 1))
    assert [expected(found, on) for on in days] == [0, 0, 1, 1]
    assert expected(found, date(2026, 7, 2)) == Fraction(1, 2)


def test_dropped_actions_do_not_count_and_open_ones_are_late_after_their_day():
    actions = [("done", JUNE), ("todo", JUNE), ("blocked", None), ("dropped", JUNE), ("doing", NEW_YEAR)]
    assert completion(actions, JUNE) == Completion(done=1, total=4, late=1)
    assert completion([], JUNE).share is None
    assert not is_late("todo", JUNE, JUNE)
    assert is_late("todo", JUNE, JUNE + timedelta(days=1))


def test_a_circle_is_told_with_all_that_are_on_it():
    waits_for = {2: {1}, 3: {2}, 4: {1}}
    assert circle_through(waits_for, 1, 3) == [1, 3, 2, 1]
    assert circle_through(waits_for, 4, 3) == []
    assert circle_through(waits_for, 5, 5) == [5, 5]


EDGES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=40)


@given(EDGES)
def test_whatever_is_tried_no_circle_comes_about(edges):
    waits_for: dict[int, set[int]] = {}
    for action, other in edges:
        found = circle_through(waits_for, action, other)
        if found:
            assert found[0] == found[-1] == action
            assert all(
                after in waits_for[before] for before, after in zip(found[1:], found[2:], strict=False)
            )
        else:
            waits_for.setdefault(action, set()).add(other)
    order = in_order(range(10), waits_for)
    assert sorted(order) == list(range(10))
    assert all(order.index(other) < order.index(one) for one, others in waits_for.items() for other in others)


@pytest.mark.parametrize(
    ("state", "to", "may"),
    [
        ("proposed", "active", True),
        ("proposed", "achieved", False),
        ("active", "partly", True),
        ("missed", "active", True),
        ("missed", "achieved", False),
        ("active", "proposed", False),
    ],
)
def test_the_ways_of_a_goal(state, to, may):
    assert goal_may_go(state, to) == may


def test_what_is_done_or_dropped_is_taken_up_before_it_goes_on():
    assert [to for to in ActionState if action_may_go("done", to)] == [ActionState.TODO]
    assert ActionState.DONE in [to for to in ActionState if action_may_go("blocked", to)]
    assert not action_may_go("todo", "todo")
    assert all(goal_may_go(ended, "active") for ended in GoalState if ended not in ("proposed", "active"))


def things(**more):
    return {
        noun: more.get(noun, []) for noun in ("goal", "measure", "milestone", "action_item", "value_claim")
    }


def test_what_changed_since_the_last_check_point():
    before = taken(
        things(goal=[{"id": 1, "state": "active"}], measure=[{"id": 7, "value": Decimal("12.50")}])
    )
    after = taken(
        things(
            goal=[{"id": 1, "state": "achieved"}, {"id": 10, "state": "proposed"}],
            measure=[{"id": 7, "value": Decimal("12.5")}],
            action_item=[{"id": 2, "state": "todo", "due_on": JUNE}],
        )
    )
    assert changes(before, after) == [
        Change(noun="goal", id=1, what="state", before="active", after="achieved"),
        Change(noun="goal", id=10, what="state", before=None, after="proposed"),
        Change(noun="action_item", id=2, what="state", before=None, after="todo"),
        Change(noun="action_item", id=2, what="due_on", before=None, after="2026-06-09"),
    ]
    assert changes(after, after) == []


def claim(cents, state=ClaimState.CONFIRMED, span=YEAR, currency="USD"):
    return Claim(span=span, cents=cents, currency=currency, state=state)


def test_only_what_is_confirmed_is_a_return_and_only_over_the_same_currency():
    claims = [
        claim(50_000),
        claim(900_000, ClaimState.CLAIMED),
        claim(700_000, ClaimState.DISPUTED),
        claim(100, currency="EUR"),
    ]
    euros, dollars = returns_over(claims, {"USD": 20_000}, YEAR)
    assert (dollars.confirmed_cents, dollars.ratio) == (50_000, Fraction(5, 2))
    assert (dollars.claimed_cents, dollars.disputed_cents) == (900_000, 700_000)
    assert (euros.confirmed_cents, euros.cost_cents, euros.ratio) == (100, 0, None)


def test_value_of_other_days_counts_by_its_share_of_days():
    two_years = Span(first=NEW_YEAR, last=date(2027, 12, 31))
    [found] = returns_over([claim(73_000, span=two_years)], {}, YEAR)
    assert found.confirmed_cents == 36_500
    before = Span(first=date(2024, 1, 1), last=date(2024, 12, 31))
    assert returns_over([claim(5, span=before)], {}, YEAR)[0].confirmed_cents == 0


@given(
    st.lists(st.tuples(st.integers(0, 10**9), st.sampled_from(ClaimState)), max_size=8), st.integers(1, 10**9)
)
def test_claims_and_disputes_never_move_a_return(claimed, cost):
    claims = [claim(cents, state) for cents, state in claimed]
    confirmed = [one for one in claims if one.state == ClaimState.CONFIRMED]
    found = {one.currency: one.ratio for one in returns_over(claims, {"USD": cost}, YEAR)}
    alone = {one.currency: one.ratio for one in returns_over(confirmed, {"USD": cost}, YEAR)}
    assert found.get("USD", 0) == alone.get("USD", 0)
