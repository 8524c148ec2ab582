from __future__ import annotations

from typing import ClassVar

from django.db import models

from keepwell.usage.models.source import Source


class Conflict(models.Model):
    """Two events came under one id with other contents; the one with the smaller hash counts.

    `dropped_hash` is that of the other one, `kept_on` the day of the one that counted when it was noticed.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+", db_index=False)
    message_id = models.CharField(max_length=200)
    dropped_hash = models.BigIntegerField()
    kept_on = models.DateField()
    noticed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source", "message_id", "dropped_hash"], name="conflict_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["source", "-noticed_at", "-id"], name="conflict_newest"),
        ]

    def __str__(self) -> str:
        return self.message_id
