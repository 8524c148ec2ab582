"""All events of a log sorted by case: staged in a table of this connection, which goes with it.

PostgreSQL sorts on disk, so that memory is bounded however long the log is. Nothing of it outlives the run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db import connection

from keepwell.imports.logs.events import Event
from keepwell.imports.logs.refusing import Refusal

TABLE = "keepwell_staged_event"
COLUMNS = {
    "case": "text",
    "at": "timestamptz",
    "line": "bigint",
    "digest": "bigint",
    "happening": "text",
    "standing": "text",
    "severity": "text",
    "level": "int",
    "team": "bigint",
    "channel": "text",
    "account": "text",
    "product": "text",
}
NAMES = ", ".join(f'"{name}"' for name in COLUMNS)
MAKE = (
    f"CREATE TEMPORARY TABLE {TABLE} ({', '.join(f'{chr(34)}{n}{chr(34)} {t}' for n, t in COLUMNS.items())})"
)
DROP = f"DROP TABLE IF EXISTS pg_temp.{TABLE}"
FILL = f"COPY {TABLE} ({NAMES}) FROM STDIN"
SORTED = f'SELECT {NAMES} FROM {TABLE} ORDER BY "case" COLLATE "C", at, line'  # noqa: S608
AT_ONCE = 5000
# Of the sort, before it goes to the disk.
MEMORY = "64MB"


@contextmanager
def staged(found: Iterable[Event | Refusal], refused: Callable[[Refusal], None]) -> Iterator[None]:
    """The events are staged until the block ends; `refused` hears of each row that is none."""
    with connection.cursor() as cursor:
        cursor.execute(DROP)
        cursor.execute(MAKE)
    try:
        _fill(found, refused)
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute(DROP)


def _fill(found: Iterable[Event | Refusal], refused: Callable[[Refusal], None]) -> None:
    with connection.cursor() as cursor, cursor.copy(FILL) as copy:
        for one in found:
            if isinstance(one, Refusal):
                refused(one)
            else:
                copy.write_row(one)


def events_by_case() -> Iterator[list[Event]]:
    """The staged events of one case after the other, each in order of time and line."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET work_mem = '{MEMORY}'")
    # Outside a transaction the cursor outlives the transactions of the chunks.
    with connection.chunked_cursor() as cursor:
        cursor.execute(SORTED)
        for _case, events in groupby(_rows(cursor), key=attrgetter("case")):
            yield list(events)


def _rows(cursor: Any) -> Iterator[Event]:
    while rows := cursor.fetchmany(AT_ONCE):
        yield from map(Event._make, rows)
