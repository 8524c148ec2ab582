from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keepwell.cases.words import LEVEL_WORDS
from keepwell.conversations.models import Channel
from keepwell.customers.models import Product
from keepwell.insight import periods
from keepwell.insight.guidelines.narrowed import words_of
from keepwell.service_levels.measuring import Narrowing
from keepwell.staffing.models import Team


class Rhythm(models.TextChoices):
    WEEKLY = periods.WEEKLY, _("every Monday, the present month as it stands")
    MONTHLY = periods.MONTHLY, _("on the first of each month, the month that ended")


class Subscription(models.Model):
    """Somebody who has the report of promises mailed to him, narrowed as it says, until `ended_at`."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="report_subscriptions"
    )
    rhythm = models.CharField(max_length=8, choices=Rhythm)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True, related_name="+")
    segment = models.CharField(max_length=80, blank=True)
    channel = models.CharField(max_length=16, choices=Channel, blank=True)
    level = models.PositiveSmallIntegerField(choices=LEVEL_WORDS, null=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "rhythm", "product", "segment", "channel", "level", "team"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="subscribed_once",
            ),
            models.CheckConstraint(condition=Q(rhythm__in=Rhythm.values), name="rhythm_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.rhythm}"

    @property
    def narrowing(self) -> Narrowing:
        return Narrowing(
            product=self.product_id,
            segment=self.segment,
            channel=self.channel,
            level=self.level,
            team=self.team_id,
        )

    @property
    def narrowed(self) -> tuple[str, ...]:
        """What it is narrowed to, in words; empty for all cases."""
        return words_of(self.narrowing, product=self.product, team=self.team)
