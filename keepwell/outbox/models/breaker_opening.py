from __future__ import annotations

from typing import ClassVar

from django.db import models


class BreakerOpening(models.Model):
    """From when to when the breaker was open and mail that can wait waited; open while closed_at is null."""

    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    sent_in_hour = models.IntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(closed_at=None),
                name="one_breaker_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opened_at} to {self.closed_at}"
