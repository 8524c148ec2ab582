from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from keepwell.calendars.models import CalendarVersion
from keepwell.cases.models import Case
from keepwell.service_levels import clock_state
from keepwell.service_levels.models.policy import Metric, PolicyVersion, Population, Unit


class Clock(models.Model):
    """One commitment running on one case, as its entries say: a row kept of what the replay gives.

    Named within its case by its metric and the entry that started it. `state` holds as of the newest entry
    or passing of its case; ask `state_at` for a later instant. `due_at` is None while paused. What was used
    of the allowance is as `Consumption` says.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="clocks", db_index=False)
    metric = models.CharField(max_length=20, choices=Metric)
    started_by = models.BigIntegerField()
    severity = models.CharField(max_length=8, choices=Population)
    run = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    due_kept = models.DateTimeField(null=True)
    due_without_pauses = models.DateTimeField()
    state = models.CharField(max_length=8)
    missed_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    pauses = models.JSONField(default=list)
    policy_version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, db_index=False)
    calendar_version = models.ForeignKey(CalendarVersion, on_delete=models.PROTECT, db_index=False)
    amount = models.DecimalField(max_digits=8, decimal_places=3)
    unit = models.CharField(max_length=24, choices=Unit)
    void_reason = models.CharField(max_length=12, blank=True)
    void_by = models.BigIntegerField(null=True)
    is_corrected = models.BooleanField(default=False)
    entered_later = models.BooleanField(default=False)
    allowed_seconds = models.BigIntegerField(default=0)
    paused_seconds = models.BigIntegerField(default=0)
    used = models.FloatField(null=True)
    used_without_pauses = models.FloatField(null=True)
    warn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "metric", "started_by"], name="clock_once"),
            models.CheckConstraint(condition=Q(state__in=clock_state.STATES), name="clock_state_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            # What comes due next: only clocks that still run are in these.
            models.Index(fields=["due_at"], condition=Q(state="running"), name="clock_due"),
            models.Index(fields=["warn_at"], condition=Q(state="running"), name="clock_warn"),
            # What was missed, and when: whether a promise burns is asked every few minutes, and a page of
            # its budget counts them by day from here alone.
            models.Index(
                fields=["metric", "severity", "missed_at"],
                include=["started_at", "policy_version"],
                condition=Q(state="missed"),
                name="clock_missed",
            ),
            # The clocks of a window, read from here alone where they have ended.
            models.Index(
                fields=["metric", "severity", "started_at"],
                include=[
                    "state",
                    "used",
                    "used_without_pauses",
                    "stopped_at",
                    "is_corrected",
                    "entered_later",
                    "policy_version",
                    "case",
                ],
                condition=Q(used__isnull=False),
                name="clock_ended",
            ),
            # And where they are open: few of all, but scattered over the whole table.
            models.Index(
                fields=["metric", "severity", "started_at"],
                include=[
                    "state",
                    "due_at",
                    "due_kept",
                    "due_without_pauses",
                    "paused_at",
                    "paused_seconds",
                    "allowed_seconds",
                    "unit",
                    "is_corrected",
                    "entered_later",
                    "used",
                    "calendar_version",
                    "policy_version",
                    "case",
                ],
                condition=Q(used__isnull=True) & ~Q(state="void"),
                name="clock_open",
            ),
            # Whose figure without late entries has to be worked out again: few of all.
            models.Index(
                fields=["metric", "started_at"],
                include=["severity", "policy_version", "case"],
                condition=Q(entered_later=True),
                name="clock_entered_later",
            ),
            # Those that count for nothing are told too: few, and counted from here alone.
            models.Index(
                fields=["metric", "severity", "started_at"],
                include=["missed_at", "policy_version"],
                condition=Q(used__isnull=True, state="void"),
                name="clock_void",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.severity} of case {self.case_id}"

    def state_at(self, at: datetime) -> str:
        """The state at an instant not before the newest entry: a running clock past its due is missed."""
        is_past = self.state == clock_state.RUNNING and self.due_at is not None and self.due_at < at
        return clock_state.MISSED if is_past else self.state

    @property
    def is_open(self) -> bool:
        """Whether a contact or resolution could still stop it."""
        return self.ended_at is None
