"""The files: events of a source and a day, and the counts of a day."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from keepwell.files.kept_data import keep_data, on_this_disk
from keepwell.kit import heavy

# Of an event. `occurred_s`: seconds since 1970 began (UTC); empty text where something is not said.
EVENT = {
    "source_id": "int32",
    "message_id": "string",
    "content_hash": "int64",
    "kind": "string",
    "event": "string",
    "module": "string",
    "group_key": "string",
    "person_key": "string",
    "occurred_s": "int64",
}
# Of a count. `module_id` is 0 for no module we know, `person_key` empty for nobody in particular, `day` the
# number of the day in the customer's own calendar.
COUNT = {
    "deployment_id": "int64",
    "module_id": "int64",
    "person_key": "string",
    "day": "int64",
    "events": "int64",
    "core_events": "int64",
}


def schema(columns: dict[str, str]) -> Any:
    return heavy.pyarrow().schema([(name, _type(kind)) for name, kind in columns.items()])


def no_rows(columns: dict[str, str]) -> Any:
    """An Arrow table without rows."""
    return schema(columns).empty_table()


def table_of(columns: dict[str, str], rows: Iterable[Sequence[Any]]) -> Any:
    """An Arrow table of rows that have their values in the order of the columns."""
    pa = heavy.pyarrow()
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    arrays = [pa.array(value, _type(kind)) for value, kind in zip(values, columns.values(), strict=True)]
    return pa.table(arrays, schema=schema(columns))


def keep_table(folder: str, table: Any) -> str:
    """The Arrow table as a file that is kept; the same rows in the same order have the same name."""
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch) / "made.parquet"
        heavy.pyarrow().parquet.write_table(table, made, compression="zstd")
        return keep_data(folder, made)


def paths(places: Iterable[str]) -> list[str]:
    """Where the files are on this disk."""
    return [str(on_this_disk(place)) for place in places if place]


def _type(kind: str) -> Any:
    return getattr(heavy.pyarrow(), kind)()
