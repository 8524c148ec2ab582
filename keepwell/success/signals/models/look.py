from __future__ import annotations

from django.db import models


class Look(models.Model):
    """All accounts were looked at by all rules as of an instant: what need not be done again."""

    as_of = models.DateTimeField(unique=True)
    made_at = models.DateTimeField()
    accounts = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.as_of:%Y-%m-%d}"
