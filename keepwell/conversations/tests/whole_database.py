"""Where in the whole database some words stand."""

from __future__ import annotations

from django.db import connection


def tables_holding(words: str) -> list[str]:
    """The tables with a row that holds the words in any column, also in one of bytes."""
    return [table for table in sorted(connection.introspection.table_names()) if _holds(table, words)]


def _holds(table: str, words: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT EXISTS (SELECT FROM "{table}" row WHERE row::text LIKE %s OR row::text LIKE %s)',
            [f"%{words}%", f"%{words.encode().hex()}%"],
        )
        return bool(cursor.fetchone()[0])
