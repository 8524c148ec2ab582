from __future__ import annotations

from django.db import models

from keepwell.cases.models import Case


class DemoPlay(models.Model):
    """How far the demonstration was played; what is still to come follows from seed and end alone."""

    seed = models.IntegerField()
    ends_at = models.DateTimeField()
    cases = models.PositiveIntegerField()
    acts = models.PositiveIntegerField()
    acts_played = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.acts_played} of {self.acts} acts"

    @property
    def is_over(self) -> bool:
        return self.acts_played >= self.acts


class DemoCase(models.Model):
    """The case that a story became when its first act was played."""

    play = models.ForeignKey(DemoPlay, on_delete=models.CASCADE, related_name="played_cases")
    story = models.PositiveIntegerField()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["play", "story"], name="story_once"),)

    def __str__(self) -> str:
        return f"story {self.story}"
