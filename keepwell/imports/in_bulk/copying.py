"""Rows into the database by COPY."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, repeat
from operator import itemgetter
from typing import Any

from django.db import connection
from django.db.models import Model

from keepwell.imports.in_bulk.cells import COUNT, HEADER, TRAILER, writer_of


def copy_models(rows: Sequence[Model]) -> None:
    """Writes rows of one model that have the same columns."""
    if rows:
        names = [field.attname for field in rows[0]._meta.concrete_fields if field.attname in vars(rows[0])]
        values = zip(*map(itemgetter(*names), map(vars, rows)), strict=True)
        copy_columns(type(rows[0]), dict(zip(names, values, strict=True)))


def copy_columns(model: type[Model], columns: Mapping[str, Sequence[Any]]) -> None:
    """Writes rows of a model, given as the values of each column.

    So what has to be known of a column is asked once, and not again for each row.
    """
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    fields = [by_name[name] for name in columns]
    written = [writer_of(field)(column) for field, column in zip(fields, columns.values(), strict=True)]
    rows = len(next(iter(columns.values())))
    cells = zip(repeat(COUNT.pack(len(fields)), rows), *written, strict=True)
    names = ", ".join(f'"{field.column}"' for field in fields)
    statement = f'COPY "{model._meta.db_table}" ({names}) FROM STDIN (FORMAT BINARY)'
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(b"".join(chain([HEADER], chain.from_iterable(cells), [TRAILER])))
