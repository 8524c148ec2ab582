"""Very many rows, read as fast as the driver can: for what goes over the whole archive.

Django's way of reading puts an instant together in Python, letter by letter; in the binary format the driver
does it in C. The rows are tuples, instants in UTC, JSON as what it says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import psycopg
from django.db import connection

AT_ONCE = 2000


def read_rows(query: str, given: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query whose parameters are named, on the connection (and in the change) under way."""
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(query, given, binary=True)
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows
