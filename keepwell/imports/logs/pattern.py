"""A map to begin with, filled in from a file: its columns, and the values that stand in them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.utils.translation import gettext as _

from keepwell.imports.logs.guesses import FORMATS, guessed_columns, guessed_meaning
from keepwell.imports.logs.instants import ISO, TimeRefused, read_format
from keepwell.imports.logs.lines import Source, is_undecoded, rows_of, source_of
from keepwell.imports.logs.mapping import as_compared
from keepwell.imports.logs.meanings import IGNORED, MEANINGS, TABLES, USES

# More different values than these are no list that somebody maps by hand.
MOST_VALUES = 200
USUAL_ENCODING = "cp1252"
# So many times are looked at to find out how they are written.
MOST_TIMES = 20_000
WITHOUT_FILE = {"case": "Ticket", "time": "Timestamp", "activity": "Activity"}
EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "activity": ("Ticket created", "Reply sent", "Waiting for requester", "Ticket solved"),
    "state": ("New", "In progress", "Pending", "Solved"),
    "severity": ("Priority 1", "Priority 2"),
    "level": ("Tier 1", "Tier 2"),
}


@dataclass
class Seen:
    """What stands in a file: `columns` are headings by use, `values` counts by use and value.

    `formats` are those in which every time can be read that was looked at; `has_zones`: each says its zone.
    `encoding` is that of a file that is not UTF-8, as far as can be guessed.
    """

    columns: Mapping[str, str]
    heading: Iterable[str] = ()
    values: dict[str, Counter[str]] = field(default_factory=dict)
    formats: list[str] = field(default_factory=lambda: [ISO])
    has_zones: bool = True
    encoding: str = ""


def pattern(path: Path | None = None) -> str:
    """A map in TOML, with a word of explanation at each line. Errors: TableRefused; OSError."""
    if path is None:
        values = {use: Counter(words) for use, words in EXAMPLES.items()}
        return _written(Seen(columns=WITHOUT_FILE, values=values), is_counted=False)
    source = source_of(path)
    seen = _look_at(source)
    if not source.is_decoded or any(map(is_undecoded, _values_of(seen))):
        seen = replace(_look_at(source_of(path, USUAL_ENCODING)), encoding=USUAL_ENCODING)
    return _written(seen, is_counted=True)


def _values_of(seen: Seen) -> Iterable[str]:
    return (value for values in seen.values.values() for value in values)


def _look_at(source: Source) -> Seen:
    columns = guessed_columns(source.heading)
    seen = Seen(columns=columns, heading=source.heading, formats=list(FORMATS))
    places = {use: source.heading.index(name) for use, name in columns.items()}
    listed = {use: place for use, place in places.items() if use in MEANINGS or use == "group"}
    seen.values = {use: Counter() for use in listed}
    times = 0
    for row in _cells(source):
        for use, place in listed.items():
            _count(seen.values[use], row[place])
        if "time" in places and times < MOST_TIMES and row[places["time"]].strip():
            times += 1
            _look_at_time(seen, row[places["time"]].strip())
    return seen


def _cells(source: Source) -> Iterable[list[str]]:
    rows = rows_of(source.path, source.encoding, source.separator)
    next(rows)
    return (row.cells for row in rows if len(row.cells) >= len(source.heading))


def _count(values: Counter[str], cell: str) -> None:
    value = " ".join(cell.split())
    if value and (value in values or len(values) <= MOST_VALUES):
        values[value] += 1


def _look_at_time(seen: Seen, cell: str) -> None:
    kept: list[str] = []
    for written in seen.formats:
        try:
            at = read_format(cell, written)
        except TimeRefused:
            continue
        if not kept:
            seen.has_zones &= at.tzinfo is not None
        kept.append(written)
    # One that is written like no other spoils no guess: the trial names it.
    seen.formats = kept or seen.formats


def _written(seen: Seen, *, is_counted: bool) -> str:
    lines = [
        _("# How the log of another desk is to be read. Change what was guessed wrongly."),
        'desk = "Old desk"'
        + "  # "
        + _("what it is called here; its case numbers are known under this name"),
        *_time_lines(seen),
        _("# A case is opened by its first row, whatever that says:"),
        "# first_row_opens = true",
        f"{'' if seen.encoding else '# '}encoding = {_quoted(USUAL_ENCODING)}  # " + _("if it is not UTF-8"),
        "",
        "[columns]" + "  # " + _("what it is used as, and its heading"),
        *_column_lines(seen),
    ]
    for use, table in TABLES.items():
        lines += _table_lines(use, table, seen, is_counted=is_counted)
    return "\n".join(lines) + "\n"


def _time_lines(seen: Seen) -> list[str]:
    mark = "# " if seen.has_zones else ""
    said = "" if seen.has_zones else "  # " + _("the times of this file say none: write theirs here")
    return [
        f'{mark}zone = "America/Chicago"{said}' if seen.has_zones else f'zone = ""{said}',
        f"times = [{_quoted(seen.formats[0])}]  # "
        + _("iso, seconds, milliseconds, or as in %d.%m.%Y %H:%M"),
    ]


def _column_lines(seen: Seen) -> list[str]:
    told = [
        f"{use} = {_quoted(seen.columns[use])}" if use in seen.columns else f'# {use} = ""' for use in USES
    ]
    others = [name for name in seen.heading if name and name not in seen.columns.values()]
    return [*told, *([_("# Not used: %s") % ", ".join(map(_quoted, others))] if others else [])]


def _table_lines(use: str, table: str, seen: Seen, *, is_counted: bool) -> list[str]:
    known = MEANINGS.get(use)
    explained = ", ".join([*(known or [_("a name as it is here")]), IGNORED])
    values = seen.values.get(use)
    if not values:
        return ["", f"# [{table}]  # {explained}"]
    if len(values) > MOST_VALUES:
        return ["", f"[{table}]  # {explained}", f'"*" = "{IGNORED}"  # ' + _("too many to be named")]
    lines = ["", f"[{table}]  # {explained}"]
    compared: set[str] = set()
    for value, count in values.most_common():
        if as_compared(value) not in compared:
            compared.add(as_compared(value))
            counted = f"  # {count}" if is_counted else ""
            lines.append(f"{_quoted(value)} = {_quoted(guessed_meaning(use, value))}{counted}")
    return lines


def _quoted(text: str) -> str:
    """As TOML has it, which in this is like JSON."""
    return json.dumps(text.encode("utf-8", "replace").decode(), ensure_ascii=False)
