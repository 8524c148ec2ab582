"""Taking the lock before a row, or a thing that has none yet, is judged and changed."""

from __future__ import annotations

from django.db import connection
from django.db.models import Model


def lock(row: Model) -> None:
    """Waits for the row's lock and reads the row anew: what the caller holds is now what is so.

    Held until the transaction ends. Errors: the model's DoesNotExist if the row is gone.
    """
    row.refresh_from_db(from_queryset=type(row)._default_manager.select_for_update())


def lock_key(*keys: str) -> None:
    """Waits until nobody else works under these keys, for what has no row yet; until the transaction ends.

    They are locked one after the other, in the order given.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) FROM unnest(%s::text[]) AS key",
            [list(keys)],
        )
