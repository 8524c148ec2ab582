from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

from django.db import models

from keepwell.cases.models import Case
from keepwell.service_levels.models.policy import Metric

# Where nothing is due the case sorts behind all that is.
NOTHING_DUE = datetime(9999, 1, 1, tzinfo=UTC)


class Standing(models.Model):
    """How a case that is not settled stands: what is due next. One indexed row, so that lists are quick.

    `next_due_at` is NOTHING_DUE while the customer is waited for. A promised update counts like a clock.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="standing", primary_key=True)
    next_due_at = models.DateTimeField()
    next_metric = models.CharField(max_length=20, choices=[*Metric.choices, ("update", "update")], blank=True)
    next_started_at = models.DateTimeField(null=True)
    misses = models.PositiveIntegerField(default=0)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["next_due_at", "case"], name="standing_next_due"),
        ]

    def __str__(self) -> str:
        return f"case {self.case_id} by {self.next_due_at}"
