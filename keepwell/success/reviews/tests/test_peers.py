"""Comparison with others: nobody can be told from it, whatever is published in whichever order."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwell.success.reviews.peers import FEWEST, Compared, Hidden, compared, is_safe, quartiles

OWN = Fraction(1, 2)
ACCOUNTS = st.frozensets(st.integers(1, 14))


def others(*accounts: int) -> dict[int, Fraction]:
    return {account: Fraction(account, 20) for account in accounts}


@pytest.mark.parametrize(
    ("figures", "found"),
    [
        ((1, 2, 3, 4, 5), (2, 3, 4)),
        ((5, 1, 4, 2, 3), (2, 3, 4)),
        ((1, 2, 3, 4, 5, 6), (Fraction(9, 4), Fraction(7, 2), Fraction(19, 4))),
        ((7, 7, 7, 7, 7), (7, 7, 7)),
    ],
)
def test_quartiles_are_exact(figures, found):
    assert quartiles([Fraction(one) for one in figures]) == found


@given(st.lists(st.fractions(0, 1), min_size=FEWEST, max_size=30))
def test_no_quartile_is_the_first_or_the_last_unless_another_one_is_the_same(figures):
    lower, median, upper = quartiles(figures)
    ordered = sorted(figures)
    assert ordered[1] <= lower <= median <= upper <= ordered[-2]


def test_of_fewer_than_five_others_nothing_is_said():
    assert compared(OWN, others(1, 2, 3, 4), []) == Hidden.TOO_FEW
    assert compared(None, others(1, 2, 3, 4, 5), []) == Hidden.NOT_KNOWN
    found = compared(OWN, others(1, 2, 3, 4, 5), [])
    assert isinstance(found, Compared)
    assert (found.median, found.place) == (Fraction(3, 20), "above")


def test_who_joined_alone_is_left_out_until_five_did():
    before = [frozenset({1, 2, 3, 4, 5})]
    found = compared(OWN, others(1, 2, 3, 4, 5, 6), before)
    assert isinstance(found, Compared)
    assert found.group == before[0]
    many = compared(OWN, others(*range(1, 11)), before)
    assert isinstance(many, Compared)
    assert many.group == frozenset(range(1, 11))


def test_where_somebody_left_a_group_that_is_nearly_the_same_is_hidden():
    before = [frozenset({1, 2, 3, 4, 5, 6})]
    assert compared(OWN, others(1, 2, 3, 4, 5), before) == Hidden.COULD_BE_SUBTRACTED


def test_an_older_group_counts_as_the_last_one_does():
    before = [frozenset(range(1, 11)), frozenset(range(11, 21))]
    assert compared(OWN, others(*range(1, 10)), before) == Hidden.COULD_BE_SUBTRACTED


@given(st.lists(ACCOUNTS, max_size=8))
def test_whatever_is_published_and_combined_no_fewer_than_five_can_be_told_apart(portfolios):
    given_groups: list[frozenset[int]] = []
    for portfolio in portfolios:
        found = compared(OWN, others(*portfolio), given_groups)
        if isinstance(found, Compared):
            given_groups.append(found.group)
    # All that adding and subtracting groups can reach are unions of these parts.
    for account in range(1, 15):
        holding = [account in group for group in given_groups]
        if any(holding):
            part = [other for other in range(1, 15) if [other in group for group in given_groups] == holding]
            assert len(part) >= FEWEST


@given(ACCOUNTS, ACCOUNTS)
def test_two_groups_that_differ_by_one_to_four_are_not_both_given(one, other):
    if 0 < len(one ^ other) < FEWEST:
        assert not is_safe([one, other])
