from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from keepwell.usage.models.source import Source


class DayFile(models.Model):
    """The events of one source and one day (UTC), as a file: revision 0 is what came in by and by.

    Higher revisions are corrections, each of which replaces the whole day; the highest counts. `ungrouped`
    are events that do not say themselves where they happened. An empty `place` is a day without events, or
    one whose events were removed with age: then it `is_forgotten`, and what was counted of it stays as it is.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    revision = models.PositiveIntegerField(default=0)
    place = models.CharField(max_length=200, blank=True)
    events = models.PositiveBigIntegerField()
    ungrouped = models.PositiveBigIntegerField(default=0)
    is_forgotten = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source", "day", "revision"], name="day_file_revision_once"),
            models.CheckConstraint(
                condition=~Q(place="") | Q(events=0) | Q(is_forgotten=True),
                name="day_file_without_place_empty",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["day"], name="day_file_by_day")]

    def __str__(self) -> str:
        return f"{self.day} ({self.revision})"
