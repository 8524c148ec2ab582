"""Who of several is written to, and why the others are not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from keepwell.success.letters.choosing import Candidate, Left, chosen_from

NOW = datetime(2026, 6, 2, 14, tzinfo=UTC)
APART = timedelta(days=14)


def candidate(contact: int = 1, **given) -> Candidate:
    return Candidate(**{"contact": contact, "is_reachable": True, "agrees": True, "last_at": None, **given})


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, None),
        ({"is_reachable": False}, Left.UNREACHABLE),
        ({"agrees": False}, Left.DID_NOT_AGREE),
        ({"last_at": NOW - timedelta(days=13)}, Left.HAD_ONE),
        ({"last_at": NOW - APART}, None),
        ({"agrees": False, "last_at": NOW}, Left.DID_NOT_AGREE),
    ],
)
def test_one_is_reached_or_left_out_with_why(given, why):
    found = chosen_from([candidate(**given)], apart=APART, at=NOW)
    assert (found.reached, found.left) == (((1,), {}) if why is None else ((), {1: why}))


def test_who_is_reached_stands_in_the_order_given():
    found = chosen_from([candidate(3), candidate(2, agrees=False), candidate(1)], apart=APART, at=NOW)
    assert found.reached == (3, 1)
