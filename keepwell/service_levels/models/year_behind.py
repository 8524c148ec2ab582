from __future__ import annotations

from django.db import models

from keepwell.service_levels.models.guideline import GuidelineVersion


class YearBehind(models.Model):
    """What the year before an instant says of a guideline's clocks, kept for a day: `trailing.Trailing`."""

    version = models.OneToOneField(GuidelineVersion, on_delete=models.CASCADE, related_name="year_behind")
    as_of = models.DateTimeField()
    figures = models.JSONField()

    def __str__(self) -> str:
        return f"{self.version} until {self.as_of}"
