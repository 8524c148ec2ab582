from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models

from keepwell.cases.models.case import Case
from keepwell.cases.words import How


class Closure(models.Model):
    """How a case came to its end, and why it had come up; one for each time it ended.

    `ended_by` is None where no person of ours did it. `wish` is what the customer said where one of ours
    entered his withdrawal; staff do not withdraw of their own accord. Reopened, it no longer holds, and stays
    to be read. The elapsed time from the opening until here is divided by whose turn it was, as
    `keepwell.cases.turns` says.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="closures")
    how = models.CharField(max_length=16, choices=How)
    root_cause = models.TextField(blank=True)
    wish = models.TextField(blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField()
    reopened_at = models.DateTimeField(null=True)
    on_customer = models.DurationField(default=timedelta)
    on_engineering = models.DurationField(default=timedelta)
    on_date = models.DurationField(default=timedelta)
    on_us = models.DurationField(default=timedelta)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(reopened_at__isnull=True), name="closure_one_holds"
            ),
            models.CheckConstraint(condition=models.Q(how__in=How.values), name="closure_how_known"),
            models.CheckConstraint(
                condition=~models.Q(how=How.WITHDRAWN) | models.Q(ended_by=None) | ~models.Q(wish=""),
                name="closure_wish_of_customer",
            ),
            models.CheckConstraint(
                condition=models.Q(reopened_at__isnull=True)
                | models.Q(reopened_at__gte=models.F("ended_at")),
                name="closure_reopened_after",
            ),
        ]

        indexes: ClassVar[list[models.Index]] = [
            # How cases ended within some days, counted from here alone.
            models.Index(
                fields=["ended_at"],
                include=["id", "case", "how", "ended_by", "reopened_at"],
                name="closure_ended",
            ),
        ]

    def __str__(self) -> str:
        return self.get_how_display()
