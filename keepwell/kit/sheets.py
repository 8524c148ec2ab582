"""A table as a file: CSV for programs, XLSX for people.

What people wrote stands in such files, and a spreadsheet takes a text that begins with = for a formula, which
can send the figures beside it elsewhere. In CSV such a text gets an apostrophe before it, for CSV has no
types (OWASP, CSV Injection); in XLSX it is written as a text, and a text is never worked out.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from io import BytesIO
from typing import Any

from keepwell.kit import heavy
from keepwell.kit.tables import Cell, Table

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Without it Excel reads a CSV in the code page of its country, where José is JosÃ©, and whoever opens it by a
# double click cannot tell it otherwise. Programs know it: Python calls the encoding "utf-8-sig".
BOM = "\ufeff"
BEGIN_FORMULAS = tuple("=+-@\t\r\n＝＋－＠")
ROWS_A_PIECE = 500
MOST_LETTERS = 32_767  # of one cell of XLSX
MOST_EXACT = 10**15  # above it a spreadsheet rounds a number; an id would become another
WIDEST, NARROWEST = 60, 10  # letters
OF_A_SHEETS_NAME = 31
NOT_IN_A_SHEETS_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
WORKBOOK = {
    "constant_memory": True,  # a row leaves the memory when the next one begins
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
FORMS = {"head": "@", "date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm:ss", "share": "0.0%"}


def csv_pieces(table: Table) -> Iterator[bytes]:
    """The file piece by piece, for a StreamingHttpResponse: any number of rows in little memory.

    Numbers have a point, days are 2026-06-09, instants 2026-06-09T17:00:00+00:00, nothing is an empty cell.
    """
    line = csv.writer(_Lines())
    piece = [BOM, line.writerow([_defused(heading) for heading in table.headings])]
    for number, row in enumerate(table.rows, start=1):
        piece.append(line.writerow([_plain(cell) for cell in row]))
        if number % ROWS_A_PIECE == 0:
            yield _encoded(piece)
            piece = []
    if piece:
        yield _encoded(piece)


class _Lines:
    """What `csv` takes for a file: it gives each line back, and keeps none."""

    def write(self, line: str) -> str:
        return line


def _encoded(piece: list[Any]) -> bytes:
    # Half of a pair of surrogates is no letter; one such cell is no reason to lose the file.
    return "".join(piece).encode(errors="replace")


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _defused(cell)
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def _defused(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(BEGIN_FORMULAS) else text


def xlsx(table: Table, *, zone: tzinfo, name: str = "") -> bytes:
    """The whole file: heads that stay in sight, numbers and days as such, instants as clocks show there.

    XLSX knows no zones, so the heads should say which it is. name: of the sheet, cut to what it may be.
    Errors: ValueError for an instant without a zone.
    """
    file = BytesIO()
    book = heavy.xlsxwriter().Workbook(file, WORKBOOK)
    allowed = name.translate(NOT_IN_A_SHEETS_NAME).strip()[:OF_A_SHEETS_NAME]
    _Sheet(book, book.add_worksheet(allowed or None), zone).write(table)
    book.close()
    return file.getvalue()


class _Sheet:
    def __init__(self, book: Any, sheet: Any, zone: tzinfo) -> None:
        self.sheet = sheet
        self.zone = zone
        self.forms = {name: book.add_format({"num_format": form}) for name, form in FORMS.items()}
        self.forms["head"].set_bold()

    def write(self, table: Table) -> None:
        self.sheet.freeze_panes(1, 0)
        for column, heading in enumerate(table.headings):
            self.sheet.set_column(column, column, min(WIDEST, max(NARROWEST, len(heading) + 2)))
        for column, heading in enumerate(table.headings):
            self.sheet.write_string(0, column, _fitting(heading), self.forms["head"])
        for number, row in enumerate(table.rows, start=1):
            for column, cell in enumerate(row):
                self._write(number, column, cell, is_share=column in table.shares)

    def _write(self, row: int, column: int, cell: Cell, *, is_share: bool) -> None:
        if cell is None:
            return
        if isinstance(cell, str):
            self.sheet.write_string(row, column, _fitting(cell))
        elif isinstance(cell, date):
            self._write_time(row, column, cell)
        elif abs(float(cell)) < MOST_EXACT:
            self.sheet.write_number(row, column, cell, self.forms["share"] if is_share else None)
        else:
            self.sheet.write_string(row, column, str(cell))  # and what is no number at all, such as NaN

    def _write_time(self, row: int, column: int, at: date) -> None:
        if not isinstance(at, datetime):
            self.sheet.write_datetime(row, column, at, self.forms["date"])
            return
        if at.tzinfo is None:
            raise ValueError(f"{at} has no time zone: an instant needs one")
        here = at.astimezone(self.zone).replace(tzinfo=None)
        self.sheet.write_datetime(row, column, here, self.forms["datetime"])


def _fitting(text: str) -> str:
    return text[:MOST_LETTERS]
