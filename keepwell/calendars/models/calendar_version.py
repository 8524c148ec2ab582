from __future__ import annotations

from typing import ClassVar

from django.db import models

from keepwell.calendars.models.working_calendar import WorkingCalendar


class CalendarVersion(models.Model):
    """What a calendar says from an instant on. Never changed: an edit is the next version.

    `mapping` is {"timezone", "hours", "exceptions"} as working_time reads it; `names` says what the dates
    of the exceptions are, such as {"2026-12-25": "Christmas Day"}.
    """

    calendar = models.ForeignKey(WorkingCalendar, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    mapping = models.JSONField()
    names = models.JSONField(default=dict)
    effective_at = models.DateTimeField()
    made_by_kind = models.CharField(max_length=40)
    made_by_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["calendar", "-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["calendar", "number"], name="calendar_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.calendar} {self.number}"
