from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from keepwell.cases.models.case import Case

ASLEEP = models.Q(woken_at__isnull=True)


class Snooze(models.Model):
    """A case put out of sight until an instant or the customer's next word, whichever comes first."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="snoozes")
    until_at = models.DateTimeField()
    snoozed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    snoozed_at = models.DateTimeField()
    woken_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case"], condition=ASLEEP, name="snooze_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} until {self.until_at:%Y-%m-%d %H:%M}"
