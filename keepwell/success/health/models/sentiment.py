from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from keepwell.customers.models import Account
from keepwell.customers.queries import sees_all


class SentimentQuerySet(models.QuerySet["Sentiment"]):
    def visible_to(self, actor: Any) -> SentimentQuerySet:
        return self.all() if sees_all(actor, "health.see") else self.none()


class Sentiment(models.Model):
    """How it stands with an account as whoever looks after it feels, from 1 to 5. It counts in no score.

    It is his: once somebody else looks after the account there is none until that one says something.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    rating = models.PositiveSmallIntegerField()
    note = models.TextField(max_length=2000, blank=True)
    said_at = models.DateTimeField()

    objects = SentimentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(rating__gte=1, rating__lte=5), name="sentiment_from_1_to_5"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["account", "-said_at", "-id"], name="sentiment_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.rating} of 5"
