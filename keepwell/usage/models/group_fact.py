from __future__ import annotations

from typing import ClassVar

from django.db import models

from keepwell.usage.models.source import Source


class GroupFact(models.Model):
    """What the software somewhere was said to be on a day: its version, a setting; the last word of the day.

    `group_key` is how it names itself: which deployment that is may be entered later.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+", db_index=False)
    group_key = models.CharField(max_length=200)
    name = models.CharField(max_length=120)
    day = models.DateField()
    told_s = models.BigIntegerField()
    value = models.JSONField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["source", "group_key", "name", "day"], name="group_fact_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.name
