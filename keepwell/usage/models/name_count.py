from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from keepwell.usage.models.source import Source


class Sort(models.TextChoices):
    EVENT = "event"
    GROUP = "group"


class NameCount(models.Model):
    """How often something was named on a day: an event, or where one happened; the most frequent of the day.

    Whether a name is known, as an event of a module or the key of a deployment, is asked when it is shown.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    sort = models.CharField(max_length=5, choices=Sort)
    name = models.CharField(max_length=200)
    events = models.PositiveBigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source", "day", "sort", "name"], name="name_count_once"),
            models.CheckConstraint(condition=Q(sort__in=Sort.values), name="name_count_sort_known"),
        ]

    def __str__(self) -> str:
        return self.name
