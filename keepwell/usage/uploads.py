"""Files of events, CSV or Parquet, row by row into messages as the HTTP interface takes them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from keepwell.kit import heavy
from keepwell.usage.models import SourceKind
from keepwell.usage.refusals import FileRefused
from keepwell.usage.taking.message import MessageRefused

# Column by column: how it is called, and how else; what has to be there.
NAMES: Mapping[str, tuple[str, ...]] = {
    "messageId": ("message_id", "messageid", "id"),
    "event": ("event", "name"),
    "userId": ("user_id", "userid"),
    "groupId": ("group_id", "groupid"),
    "timestamp": ("timestamp", "occurred_at", "time"),
    "type": ("type",),
    "module": ("module",),
}
REQUIRED = ("event", "timestamp")
ROWS_AT_ONCE = 50_000
KINDS_IN_FILES = ("track", "page")

Row = Mapping[str, Any]


def rows_of(path: Path, kind: str) -> Iterator[tuple[int, Row]]:
    """Each row with the number of its line (of its row in Parquet, from 1). Errors: FileRefused."""
    return _of_csv(path) if kind == SourceKind.CSV else _of_parquet(path)


def message_of(row: Row) -> dict[str, Any]:
    """The row as a message. Errors: MessageRefused."""
    kind = str(row.get("type") or "track")
    if kind not in KINDS_IN_FILES:
        raise MessageRefused(
            _("Its type is '%(kind)s', and in a file %(kinds)s are taken.")
            % {"kind": kind[:40], "kinds": ", ".join(KINDS_IN_FILES)}
        )
    if not row.get("timestamp"):
        raise MessageRefused(_("It has no timestamp."))
    message = {
        "type": kind,
        "messageId": row.get("messageId") or None,
        "name" if kind == "page" else "event": row.get("event") or None,
        "userId": row.get("userId") or None,
        "timestamp": _written(row["timestamp"]),
        "context": {"groupId": row.get("groupId") or None},
    }
    return {**message, "properties": {"module": row["module"]}} if row.get("module") else message


def _written(instant: Any) -> Any:
    if not isinstance(instant, datetime):
        return instant
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).isoformat()


def _of_csv(path: Path) -> Iterator[tuple[int, Row]]:
    with path.open("rb") as raw:
        try:
            lines = csv.reader(io.TextIOWrapper(raw, encoding="utf-8-sig", newline=""), strict=True)
            places = _places(next(lines, []))
            for cells in lines:
                if any(cells):
                    yield lines.line_num, {name: _cell(cells, place) for name, place in places.items()}
        except UnicodeDecodeError as error:
            raise FileRefused(_("The file is not written in UTF-8. Nothing was brought in.")) from error
        except csv.Error as error:
            raise FileRefused(
                _("The file cannot be read as CSV (%(error)s). Nothing was brought in.") % {"error": error}
            ) from error


def _cell(cells: list[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _of_parquet(path: Path) -> Iterator[tuple[int, Row]]:
    pa = heavy.pyarrow()
    try:
        file = pa.parquet.ParquetFile(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise FileRefused(_("The file cannot be read as Parquet. Nothing was brought in.")) from error
    places = _places(file.schema_arrow.names)
    columns = [file.schema_arrow.names[place] for place in places.values()]
    number = 0
    for batch in file.iter_batches(ROWS_AT_ONCE, columns=columns):
        # Columns come in the order of the file, whatever was asked for.
        values = {
            name: batch.column(column).to_pylist() for name, column in zip(places, columns, strict=True)
        }
        for cells in zip(*values.values(), strict=True):
            number += 1
            yield number, dict(zip(values, cells, strict=True))


def _places(headings: Iterable[str]) -> dict[str, int]:
    """Where each column stands. Errors: FileRefused."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        written = heading.strip().lower().replace(" ", "_")
        for name, spellings in NAMES.items():
            if written in spellings or written == name.lower():
                found.setdefault(name, place)
    missing = [NAMES[name][0] for name in REQUIRED if name not in found]
    if missing:
        raise FileRefused(
            _("The file has no column %(missing)s; %(known)s are read. Nothing was brought in.")
            % {"missing": ", ".join(missing), "known": ", ".join(names[0] for names in NAMES.values())}
        )
    return found
