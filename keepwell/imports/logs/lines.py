"""A file read into rows, however long it is. Pure but for the file; some lines at a time are in memory.

UTF-8 (with or without its mark), UTF-16 with its mark, or the encoding that is named. What cannot be decoded
comes as lone surrogates, so that whoever reads the cell sees it. A broken line costs itself and no other.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from keepwell.imports.tables import SEPARATORS, TableRefused

# A cell of free text may go over so many lines; a quotation mark that is never closed costs no more.
MOST_LINES = 1000
BLOCK = 1024 * 1024
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class Row(NamedTuple):
    """`number` is the line it starts on, from 1; `broken` says why it has no cells, or is empty."""

    number: int
    cells: list[str]
    broken: str = ""


class Source(NamedTuple):
    """A file with what has to be known before its rows: `digest` is the SHA-256 of its bytes.

    `is_decoded`: the heading is text in the encoding.
    """

    path: Path
    digest: str
    encoding: str
    separator: str
    heading: list[str]
    is_decoded: bool = True


def source_of(path: Path, encoding: str = "", separator: str = "") -> Source:
    """Looks at the whole file once. Errors: TableRefused if it is empty or no text; OSError."""
    digest, start = _digest(path)
    encoding = _encoding(start, encoding)
    if encoding != "utf-16" and b"\x00" in start:
        raise TableRefused(_("This is no text file. Save the log as CSV (UTF-8) and try again."))
    with _opened(path, encoding) as handle:
        first = next((line for line in handle if line.strip()), "")
    separator = separator or max(SEPARATORS, key=first.count)
    heading = next(rows_of(path, encoding, separator), None)
    if heading is None or heading.broken:
        raise TableRefused(_("The file is empty. Its first line names the columns."))
    # Headings are shown as they are, also by whoever then learns that the encoding is another one.
    names = [cell.encode("utf-8", "replace").decode().strip() for cell in heading.cells]
    return Source(path, digest, encoding, separator, names, not any(map(is_undecoded, heading.cells)))


def rows_of(path: Path, encoding: str, separator: str) -> Iterator[Row]:
    """All rows, the heading first; those of nothing but blanks are left out."""
    with _opened(path, encoding) as handle:
        waiting = _Lines(enumerate(handle, start=1))
        while held := waiting.take():
            row = _row(held, waiting, separator)
            if row.broken or any(cell and not cell.isspace() for cell in row.cells):
                yield row


class _Lines:
    """Numbered lines, of which some can be given back."""

    def __init__(self, lines: Iterator[tuple[int, str]]) -> None:
        self._lines = lines
        self._back: deque[tuple[int, str]] = deque()

    def take(self) -> list[tuple[int, str]]:
        """The next line, alone; nothing at the end."""
        if self._back:
            return [self._back.popleft()]
        one = next(self._lines, None)
        return [] if one is None else [one]

    def give_back(self, lines: list[tuple[int, str]]) -> None:
        self._back.extendleft(reversed(lines))


def is_undecoded(text: str) -> bool:
    """Whether it holds bytes that are no text in the encoding of the file."""
    return not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text)


def _row(held: list[tuple[int, str]], waiting: _Lines, separator: str) -> Row:
    """The row that begins with the line held; lines that do not belong to it are given back."""
    number = held[0][0]
    quotes = held[0][1].count('"')
    while quotes % 2 and len(held) < MOST_LINES and (more := waiting.take()):
        held += more
        quotes += more[0][1].count('"')
    reader = csv.reader((line for _number, line in held), delimiter=separator, strict=True)
    try:
        cells = next(reader)
    except (csv.Error, StopIteration) as error:
        waiting.give_back(held[1:])
        return Row(number, [], str(error) or "unexpected end of data")
    waiting.give_back(held[reader.line_num :])
    return Row(number, cells)


def _opened(path: Path, encoding: str) -> codecs.StreamReaderWriter:
    errors = "replace" if encoding == "utf-16" else "surrogateescape"
    return path.open(newline="", encoding=encoding, errors=errors)  # type: ignore[return-value]


def _digest(path: Path) -> tuple[str, bytes]:
    digest, start = hashlib.sha256(), b""
    with path.open("rb") as handle:
        while block := handle.read(BLOCK):
            start = start or block
            digest.update(block)
    return digest.hexdigest(), start


def _encoding(start: bytes, named: str) -> str:
    marked = next((encoding for mark, encoding in _MARKS if start.startswith(mark)), "")
    return marked or named or "utf-8"
