from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models

KEPT_FOR = timedelta(hours=1)
# A job that was killed begins again after half a minute; one that has not moved for so long is lost.
LOST_AFTER = timedelta(minutes=5)


class WhatIf(models.Model):
    """A question about other promises that a job works out: how far it is, and for an hour what came of it.

    It is kept to be read again, not to be known: no entry tells of it, and it goes by itself. moved_at: when
    it was last heard of; None until a worker takes it. answer: figures by name, as they were and would be.
    """

    key = models.CharField(max_length=64, unique=True)
    question = models.JSONField()
    asked_at = models.DateTimeField()
    cases = models.PositiveIntegerField()
    replayed = models.PositiveIntegerField(default=0)
    moved_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    as_of = models.DateTimeField(null=True)
    answer = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"{self.replayed} of {self.cases} cases"

    @property
    def kept_until(self) -> datetime:
        return self.asked_at + KEPT_FOR

    def has_failed(self, at: datetime) -> bool:
        if self.answer is not None:
            return False
        return self.failed_at is not None or (self.moved_at is not None and self.moved_at < at - LOST_AFTER)
