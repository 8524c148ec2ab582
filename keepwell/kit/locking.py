"""Taking the row lock before a row is judged and changed."""

from __future__ import annotations

from django.db.models import Model


def lock(row: Model) -> None:
    """Waits for the row's lock and reads the row anew: what the caller holds is now what is so.

    Held until the transaction ends. Errors: the model's DoesNotExist if the row is gone.
    """
    row.refresh_from_db(from_queryset=type(row)._default_manager.select_for_update())
