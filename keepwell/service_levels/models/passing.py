from __future__ import annotations

from typing import ClassVar

from django.db import models

from keepwell.cases.models import Case


class Passing(models.Model):
    """A clock's warning or due that has passed and was told; the constraint makes it once."""

    class What(models.TextChoices):
        WARNED = "warned"
        MISSED = "missed"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="passings", db_index=False)
    metric = models.CharField(max_length=20)
    started_by = models.BigIntegerField()
    what = models.CharField(max_length=8, choices=What)
    due_at = models.DateTimeField()
    fired_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case", "metric", "started_by", "what", "due_at"], name="passing_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.metric} of case {self.case_id}"
