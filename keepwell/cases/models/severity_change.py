from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from keepwell.cases.models.case import Case
from keepwell.cases.severities import Severity
from keepwell.cases.words import SEVERITY_WORDS

Q = models.Q


class SeverityChange(models.Model):
    """Another severity, and why; corrections ("entered wrongly") are listed beside the figures."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="severity_changes")
    from_severity = models.CharField(max_length=8, choices=SEVERITY_WORDS)
    to_severity = models.CharField(max_length=8, choices=SEVERITY_WORDS)
    is_correction = models.BooleanField()
    reason = models.TextField(blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    changed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(
                    from_severity__in=[s.value for s in Severity], to_severity__in=[s.value for s in Severity]
                )
                & ~Q(from_severity=models.F("to_severity")),
                name="severity_change_known",
            ),
            models.CheckConstraint(
                condition=Q(is_correction=False) | ~Q(reason=""), name="severity_correction_has_reason"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["changed_at"], condition=Q(is_correction=True), name="severity_corrections"),
        ]

    def __str__(self) -> str:
        return f"{self.from_severity} to {self.to_severity}"
