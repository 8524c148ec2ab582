from __future__ import annotations

from django.db import models

from keepwell.service_levels.models.guideline import GuidelineVersion


class AtStake(models.Model):
    """What a miss costs a guideline, and how likely one is, for some minutes: see `consequence.Stake`."""

    version = models.OneToOneField(GuidelineVersion, on_delete=models.CASCADE, related_name="at_stake")
    as_of = models.DateTimeField()
    expected = models.PositiveIntegerField()
    allowed = models.PositiveIntegerField()
    left = models.IntegerField()
    chances = models.JSONField()

    def __str__(self) -> str:
        return f"{self.version} at {self.as_of}"
