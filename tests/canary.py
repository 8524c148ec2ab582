"""Looking for words everywhere in the database: in every column of every table, also within bytes."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.db import connection

TABLES = """
    SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'django_migrations'
    ORDER BY tablename
"""


def places_holding(*words: str) -> dict[str, int]:
    """The tables in which one of the words stands, in any capitals, and in how many rows."""
    patterns = [pattern for word in words for pattern in _patterns(word)]
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        found = {table: _rows_holding(cursor, table, patterns) for (table,) in cursor.fetchall()}
    found["django_session, opened"] = sum(_holds(session, words) for session in Session.objects.iterator())
    return {place: rows for place, rows in found.items() if rows}


def _patterns(word: str) -> list[str]:
    # Bytes are written in hex, in which capitals differ: each way of writing the word is looked for.
    written = {word, word.lower(), word.upper(), word.title()}
    return [f"%{word}%", *(f"%{one.encode().hex()}%" for one in sorted(written))]


def _rows_holding(cursor: object, table: str, patterns: list[str]) -> int:
    cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE ANY (%s)', [patterns])
    return int(cursor.fetchone()[0])


def _holds(session: Session, words: tuple[str, ...]) -> bool:
    text = str(session.get_decoded()).lower()
    return any(word.lower() in text for word in words)
