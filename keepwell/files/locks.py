"""One at a time for the same content, and for the same draft."""

from __future__ import annotations

from django.db import connection


def lock_key(key: str) -> None:
    """Waits until nobody else works with this key; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
