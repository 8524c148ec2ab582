from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from keepwell.notices.happenings import Way
from keepwell.notices.models.notice import Notice

OUTSIDE = [(way.value, way.value) for way in Way if way is not Way.BELL]


class Dispatch(models.Model):
    """A notice that is to leave the house by one way, from `due_at` on.

    `ended_at` with `was_told`: it left; without: it was read before, or is no longer his to see.
    """

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="dispatches", db_index=False)
    way = models.CharField(max_length=8, choices=OUTSIDE)
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    was_told = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["notice", "way"], name="dispatched_once"),
            models.CheckConstraint(condition=Q(way__in=[way for way, _ in OUTSIDE]), name="way_known"),
            models.CheckConstraint(
                condition=Q(was_told=False) | Q(ended_at__isnull=False), name="told_has_ended"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due_at"], condition=Q(ended_at=None), name="dispatch_due"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} by {self.way}"
