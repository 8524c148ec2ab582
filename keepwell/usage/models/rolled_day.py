from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class RolledDay(models.Model):
    """The counts of one day of the customers' own calendars, as a file; due again once something of it
    changed.

    Its metrics are due where counts of it, or of the four weeks before, changed since they were worked out.
    """

    day = models.DateField(primary_key=True)
    place = models.CharField(max_length=200, blank=True)
    rows = models.PositiveBigIntegerField(default=0)
    is_due = models.BooleanField(default=True)
    is_unmeasured = models.BooleanField(default=False)
    rolled_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["day"], condition=Q(is_due=True), name="rolled_day_due"),
            models.Index(fields=["day"], condition=Q(is_unmeasured=True), name="rolled_day_unmeasured"),
        ]

    def __str__(self) -> str:
        return str(self.day)
