"""No one sees what is not theirs: every address, every method, everybody."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.access.addresses import ROWS, addresses
from tests.access.walk import breaches

pytestmark = pytest.mark.django_db
# What is told on the stream, and to whom, is the table of topics in test_topics.py.
ELSEWHERE = {"live_stream"}
ROWS_BY_NAME = {row.name: row for row in ROWS}


def test_every_address_has_a_row():
    missing = [one.name for one in addresses() if _is_missing(one)]
    assert not missing, f"{len(missing)} addresses without a row in tests/access: {missing}"


def test_every_row_has_an_address():
    names = {one.name for one in addresses()}
    assert not [row.key for row in ROWS if row.name not in names]


def test_no_row_stands_twice():
    assert not [key for key, times in Counter(row.key for row in ROWS).items() if times > 1]


@pytest.mark.parametrize("row", ROWS, ids=[row.key for row in ROWS])
def test_whoever_it_belongs_to_gets_it_and_nobody_else(row, scene):
    assert breaches(scene, [row]) == []


def _is_missing(one) -> bool:
    return bool(one.name) and one.name not in ROWS_BY_NAME and one.name not in ELSEWHERE
