from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from keepwell.cases.models import Case


class PromisedUpdate(models.Model):
    """Staff told the customer when he would hear again; the next contact keeps it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="promised_updates")
    promised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    promised_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    was_kept = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at__isnull=True), name="one_promised_update_a_case"
            ),
        ]

    def __str__(self) -> str:
        return f"case {self.case_id} by {self.due_at}"
