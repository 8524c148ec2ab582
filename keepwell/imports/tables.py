"""A file read into lines, whatever program made it. Pure: bytes in, lines out.

Read as UTF-8 (with or without its mark), UTF-16 with its mark, else Windows-1252; separated by commas,
semicolons or tabs, whichever its heading has most of.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keepwell.imports.columns import Column, as_heading, likely
from keepwell.kit.refusals import Refused

SEPARATORS = (",", ";", "\t")
MOST_BYTES = 50 * 1024 * 1024
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class TableRefused(Refused):
    """The file as a whole cannot be read: not text, no heading, a column missing or there twice."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """`number` counts as an editor does, from 1 for the heading; `cells` by column, blanks trimmed."""

    number: int
    cells: Mapping[str, str]
    too_many_cells: int = 0

    def __getitem__(self, column: str) -> str:
        """The cell; empty where the file has no such column."""
        return self.cells.get(column, "")


@dataclass(frozen=True, kw_only=True)
class Table:
    """`left_out` are headings that no column is known by."""

    lines: tuple[Line, ...]
    left_out: tuple[str, ...] = ()


def read_table(content: bytes, columns: Sequence[Column]) -> Table:
    """The lines under the heading, without empty ones. Errors: TableRefused."""
    rows = _rows(_text(content))
    number, heading = next(rows, (0, []))
    if not heading:
        raise TableRefused(_("The file is empty. Its first line names the columns."))
    places, left_out = _places(heading, columns)
    lines = tuple(_line(number, row, places, len(heading)) for number, row in rows)
    return Table(lines=lines, left_out=left_out)


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise TableRefused(_("The file is larger than %(most)s MB.") % {"most": MOST_BYTES // 1024**2})
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise TableRefused(_("This is no text file. Save the sheet as CSV (UTF-8) and try again."))


def _encodings(content: bytes) -> tuple[str, ...]:
    marked = [encoding for mark, encoding in _MARKS if content.startswith(mark)]
    return (marked[0],) if marked else ("utf-8", "cp1252")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of the line it starts on; rows of nothing but blanks are left out."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    starts_on = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield starts_on, row
            starts_on = reader.line_num + 1
    except csv.Error as error:
        raise TableRefused(
            _("Line %(number)s cannot be read: %(error)s. A quotation mark may be missing.")
            % {"number": starts_on, "error": error}
        ) from None


def _separator(text: str) -> str:
    heading = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=heading.count)


def _places(heading: list[str], columns: Sequence[Column]) -> tuple[dict[int, str], tuple[str, ...]]:
    """Which column stands at which place of a row, and the headings that are none."""
    known = {name: column.name for column in columns for name in column.headings}
    places: dict[int, str] = {}
    left_out = []
    for place, text in enumerate(heading):
        column = known.get(as_heading(text))
        if column is None:
            left_out.append(text.strip())
        elif column in places.values():
            raise TableRefused(_("The column '%(column)s' is there twice.") % {"column": column})
        else:
            places[place] = column
    _refuse_missing(places, left_out, columns)
    return places, tuple(text for text in left_out if text)


def _refuse_missing(places: dict[int, str], left_out: list[str], columns: Sequence[Column]) -> None:
    for column in columns:
        if column.is_required and column.name not in places.values():
            words = _("The column '%(column)s' is missing.") % {"column": column.name}
            if close := likely(column.name, left_out):
                words += " " + _("Is it the one called '%(close)s'?") % {"close": close}
            raise TableRefused(words)


def _line(number: int, row: list[str], places: dict[int, str], width: int) -> Line:
    cells = {column: row[place].strip() for place, column in places.items() if place < len(row)}
    spare = sum(1 for cell in row[width:] if cell.strip())
    return Line(number=number, cells=cells, too_many_cells=spare)


def too_many_cells(line: Line) -> str:
    """What is said of a line with more cells than the heading has."""
    return ngettext(
        "There is %(spare)s cell more than the heading has; a text with a separator needs quotation marks.",
        "There are %(spare)s cells more than the heading has; a text with a separator needs quotation marks.",
        line.too_many_cells,
    ) % {"spare": line.too_many_cells}
