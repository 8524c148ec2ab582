"""A table as people read it: figures with decimals, parts in percent, days and instants in words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from keepwell.kit.tables import Table, in_words, plain_share, share

CHICAGO = ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (None, ("–", False)),
        ("City of Elm Falls", ("City of Elm Falls", False)),
        (0, ("0", True)),
        (12_345, ("12,345", True)),
        (2.0, ("2", True)),
        (2.345, ("2.35", True)),
        (Decimal("1200.506"), ("1,200.51", True)),
        (date(2026, 6, 9), ("9 Jun 2026", False)),
        (datetime(2026, 6, 9, 17, 0, tzinfo=UTC), ("Tue 9 June 2026, 12:00 CDT", False)),
    ],
)
def test_a_cell_is_said_as_people_read_it(cell: object, said: tuple[str, bool]):
    [row] = in_words(Table(("What",), [(cell,)]), CHICAGO)
    assert [(cell.words, cell.is_figure) for cell in row] == [said]


def test_a_column_of_parts_is_said_in_percent_and_no_other():
    table = Table(("Kept", "Cases"), [(0.874, 1), (Decimal("0.85"), 1)], frozenset({0}))
    assert [[cell.words for cell in row] for row in in_words(table, UTC)] == [
        ["87.4%", "1"],
        ["85.0%", "1"],
    ]


def test_a_part_alone_says_no_decimal_that_is_nothing():
    assert plain_share(0.85) == "85%"
    assert plain_share(Decimal("0.87499")) == "87.5%"
    assert share(1) == "100.0%"
