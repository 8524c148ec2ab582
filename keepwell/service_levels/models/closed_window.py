from __future__ import annotations

from typing import ClassVar

from django.db import models

from keepwell.service_levels.models.guideline import Guideline


class ClosedWindow(models.Model):
    """What was told of a guideline's window when it had just ended, so that a later change can be said.

    `kept` is None where there was no clock.
    """

    guideline = models.ForeignKey(Guideline, on_delete=models.CASCADE, related_name="closed_windows")
    first_on = models.DateField()
    last_on = models.DateField()
    told_at = models.DateTimeField()
    kept = models.FloatField(null=True)
    met = models.PositiveIntegerField()
    missed = models.PositiveIntegerField()
    undecided = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["guideline", "first_on", "last_on"], name="closed_window_once"),
        ]

    def __str__(self) -> str:
        return f"{self.guideline} {self.first_on} to {self.last_on}"
