"""A table as a file: nothing in it is worked out that was only written, and numbers and days are such."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape
from io import BytesIO, StringIO
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest

from keepwell.kit.sheets import ROWS_A_PIECE, csv_pieces, xlsx
from keepwell.kit.tables import Cell, Table

CHICAGO = ZoneInfo("America/Chicago")
NOON = datetime(2026, 6, 9, 17, 0, tzinfo=UTC)  # in Chicago
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", '=HYPERLINK("http://x","y")', "＝1"]


def table(*rows: tuple[Cell, ...], shares: frozenset[int] = frozenset()) -> Table:
    return Table([f"Column {number}" for number in range(len(rows[0]))], rows, shares)


def read_csv(given: Table) -> list[list[str]]:
    text = b"".join(csv_pieces(given)).decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline="")))


def parts_of(file: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(file)) as book:
        return {name.rpartition("/")[2]: book.read(name).decode() for name in book.namelist()}


def cells_of(file: bytes) -> dict[str, str]:
    """Each cell of the sheet as it stands there: by its place, what is between its tags."""
    cells = re.findall(r'<c r="(\w+)"([^>]*)>(.*?)</c>', parts_of(file)["sheet1.xml"], re.DOTALL)
    return {place: unescape(f"{kind} {inside}") for place, kind, inside in cells}


def test_a_csv_says_that_it_is_utf_8_for_the_sake_of_excel():
    assert b"".join(csv_pieces(table(("José",)))).startswith(b"\xef\xbb\xbf")
    assert read_csv(table(("José",)))[1] == ["José"]


def test_a_csv_carries_numbers_days_and_instants_that_any_program_reads():
    row = (3, 2.5, Decimal("1E+3"), date(2026, 6, 9), NOON.astimezone(CHICAGO), None, 'a "b", c\nd')
    instant = "2026-06-09T17:00:00+00:00"
    assert read_csv(table(row))[1] == ["3", "2.5", "1000", "2026-06-09", instant, "", 'a "b", c\nd']


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_person_wrote_is_no_formula_in_a_csv(text: str):
    given = Table([text], [(text,)])
    assert read_csv(given) == [[f"'{text}"], [f"'{text}"]]


def test_a_number_below_nothing_stays_a_number_in_a_csv():
    assert read_csv(table((-3, Decimal("-2.5"), -0.5)))[1] == ["-3", "-2.5", "-0.5"]


def test_a_csv_begins_before_all_its_rows_are_read():
    read: list[int] = []

    def rows() -> Iterator[tuple[Cell, ...]]:
        for number in range(3 * ROWS_A_PIECE):
            read.append(number)
            yield (number,)

    pieces = csv_pieces(Table(["Number"], rows()))
    next(pieces)
    assert len(read) == ROWS_A_PIECE
    assert sum(piece.count(b"\n") for piece in pieces) == 2 * ROWS_A_PIECE


def test_a_table_without_rows_has_its_heads():
    assert read_csv(Table(["One", "Two"], [])) == [["One", "Two"]]
    assert "One" in cells_of(xlsx(Table(["One"], []), zone=UTC))["A1"]


@pytest.mark.parametrize("text", [*FORMULAS, "http://x.example/", "007", "{=1}", "x" * 40_000])
def test_what_a_person_wrote_is_a_text_in_xlsx(text: str):
    cells = cells_of(xlsx(Table([text], [(text,)]), zone=UTC))
    for place in ("A1", "A2"):
        assert 't="inlineStr"' in cells[place]
        assert "<f>" not in cells[place]
    assert "hyperlinks" not in parts_of(xlsx(table((text,)), zone=UTC))["sheet1.xml"]


def test_xlsx_has_numbers_and_days_that_can_be_worked_with():
    row = (3, Decimal("2.5"), date(2026, 6, 9), NOON, None)
    cells = cells_of(xlsx(table(row), zone=CHICAGO))
    values = [re.findall(r"<v>(.*?)</v>", cells[f"{column}2"]) for column in "ABCD"]
    assert values == [
        ["3"],
        ["2.5"],
        ["46182"],
        ["46182.5"],
    ]  # days since 1900; half a day is noon in Chicago
    assert "E2" not in cells
    forms = parts_of(xlsx(table(row), zone=CHICAGO))["styles.xml"]
    assert "yyyy-mm-dd hh:mm:ss" in forms


def test_a_part_of_one_is_shown_in_percent_in_xlsx():
    plain = cells_of(xlsx(table((0.5,)), zone=UTC))["A2"]
    shown = cells_of(xlsx(table((0.5,), shares=frozenset({0})), zone=UTC))["A2"]
    assert ("s=" in shown, "s=" in plain) == (True, False)


def test_a_number_that_a_spreadsheet_would_round_is_a_text():
    cells = cells_of(xlsx(table((1234567890123456789, float("nan"))), zone=UTC))
    assert "1234567890123456789" in cells["A2"]
    assert all('t="inlineStr"' in cells[place] for place in ("A2", "B2"))


def test_the_heads_stay_in_sight_and_a_sheet_may_be_called_anything():
    parts = parts_of(xlsx(table(("a",)), zone=UTC, name="Kept: [High]/Low " * 4))
    assert 'state="frozen"' in parts["sheet1.xml"]
    assert 'name="Kept   High  Low' in parts["workbook.xml"]


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        xlsx(table((datetime(2026, 6, 9, 12, 0),)), zone=UTC)
