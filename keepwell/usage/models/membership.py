from __future__ import annotations

from typing import ClassVar

from django.db import models

from keepwell.usage.models.source import Source


class Membership(models.Model):
    """Where a person was last said to be (`group`) on a day; it holds until the next such day."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+", db_index=False)
    person_key = models.UUIDField()
    day = models.DateField()
    group_key = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source", "person_key", "day"], name="membership_once_a_day"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["source", "day"], name="membership_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.person_key} {self.day}"
