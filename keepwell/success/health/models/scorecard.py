from __future__ import annotations

from typing import ClassVar

from django.db import models

from keepwell.success.health.cards import Card
from keepwell.success.health.writing import card_from


class Scorecard(models.Model):
    """Whose accounts are seen by which card: those of a segment, "" for any, live for so many days at least.

    Where several fit, that of the account's own segment counts, and of these the one for the longest time.
    """

    name = models.CharField(max_length=100)
    segment = models.CharField(max_length=80, blank=True)
    from_days = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["segment", "from_days"], name="scorecard_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="scorecard_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ScorecardVersion(models.Model):
    """One version of a card, as `writing.card_to` wrote it. Never changed: an edit is the next one."""

    scorecard = models.ForeignKey(Scorecard, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    published_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["scorecard", "number"], name="scorecard_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.scorecard}, {self.number}"

    @property
    def card(self) -> Card:
        return card_from(self.content)
