"""Rows by COPY, and ids from the database's own sequences, so that whoever comes next goes on behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from typing import Any

from django.db import connection
from django.db.models import Field, JSONField, Model
from django.db.models.expressions import DatabaseDefault
from psycopg.types.json import Jsonb

from keepwell.cases.models.numbering import SEQUENCE as CASE_NUMBERS

AT_ONCE = 5000


class Ids:
    """Ids that nobody else gets, in rising order."""

    def __init__(self) -> None:
        self._taken: dict[str, list[int]] = defaultdict(list)

    def next_of(self, model: type[Model]) -> int:
        table = model._meta.db_table
        return self._next(f"pg_get_serial_sequence('{table}', '{model._meta.pk.column}')")

    def next_case_number(self) -> int:
        return self._next(f"'{CASE_NUMBERS}'")

    def _next(self, sequence: str) -> int:
        waiting = self._taken[sequence]
        if not waiting:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT nextval({sequence}) FROM generate_series(1, %s)", [AT_ONCE])  # noqa: S608
                waiting.extend(row[0] for row in reversed(cursor.fetchall()))
        return waiting.pop()


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)


def copy_models(rows: Sequence[Model]) -> None:
    """Unsaved rows of one model. What the database gives by itself, as an id not set, is left to it."""
    if not rows:
        return
    fields = [field for field in rows[0]._meta.concrete_fields if _is_given(rows[0], field)]
    written = [(field.attname, _writer(field)) for field in fields]
    copy_rows(
        rows[0]._meta.db_table,
        [str(field.column) for field in fields],
        ([write(getattr(row, name)) for name, write in written] for row in rows),
    )


def _is_given(row: Model, field: Field[Any, Any]) -> bool:
    value = getattr(row, field.attname)
    return not (isinstance(value, DatabaseDefault) or (field.primary_key and value is None))


def _writer(field: Field[Any, Any]) -> Callable[[Any], Any]:
    return Jsonb if isinstance(field, JSONField) else _plain


def _plain(value: Any) -> Any:
    # PostgreSQL would be given the name of a choice, not its value.
    return value.value if isinstance(value, Enum) else value
