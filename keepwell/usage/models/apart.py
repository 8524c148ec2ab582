from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keepwell.usage.models.source import Source


class WhyApart(models.TextChoices):
    AHEAD = "ahead", _("its clock is ahead of ours")
    LONG_AGO = "long_ago", _("it is said to be of long ago")


class Apart(models.Model):
    """An event whose instant nobody can believe: kept, told, and counted nowhere."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+", db_index=False)
    message_id = models.CharField(max_length=200)
    content_hash = models.BigIntegerField()
    why = models.CharField(max_length=8, choices=WhyApart)
    kind = models.CharField(max_length=8)
    event = models.CharField(max_length=200)
    group_key = models.CharField(max_length=200)
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source", "message_id", "content_hash"], name="apart_once"),
            models.CheckConstraint(condition=Q(why__in=WhyApart.values), name="apart_why_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["source", "-received_at", "-id"], name="apart_newest"),
        ]

    def __str__(self) -> str:
        return self.message_id
