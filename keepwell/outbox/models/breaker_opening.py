from __future__ import annotations

from typing import ClassVar

from django.db import models

from keepwell.outbox.models.outgoing import Purpose


class BreakerOpening(models.Model):
    """From when to when a breaker was open; open while closed_at is null.

    That of one purpose holds its mails alone, that of all (`purpose` empty) whatever can wait. `sent_in_hour`
    is what had left of them in the hour before.
    """

    purpose = models.CharField(max_length=10, choices=Purpose, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    sent_in_hour = models.IntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["purpose"],
                condition=models.Q(closed_at=None),
                name="one_breaker_of_a_purpose_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opened_at} to {self.closed_at}"
