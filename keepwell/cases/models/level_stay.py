from __future__ import annotations

from typing import ClassVar

from django.db import models

from keepwell.cases.models.case import Case
from keepwell.cases.words import LEVEL_WORDS


class LevelStay(models.Model):
    """The time a case spent at one level and team; still there while `left_at` is None."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="stays")
    level = models.PositiveSmallIntegerField(choices=LEVEL_WORDS)
    team = models.ForeignKey("keepwell_staffing.Team", on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(left_at__isnull=True), name="stay_one_at_a_time"
            ),
            models.CheckConstraint(condition=models.Q(level__in=[1, 2, 3]), name="stay_level_known"),
            models.CheckConstraint(
                condition=models.Q(left_at__isnull=True) | models.Q(left_at__gte=models.F("entered_at")),
                name="stay_ends_after_start",
            ),
        ]

        indexes: ClassVar[list[models.Index]] = [
            # What came and what went within some days, and how long it stayed, counted from here alone.
            models.Index(fields=["entered_at"], include=["id", "case"], name="stay_entered"),
            models.Index(fields=["left_at", "entered_at"], include=["id", "case", "level"], name="stay_left"),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} {self.pk}"
