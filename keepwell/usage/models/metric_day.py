from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keepwell.customers.models import Account


class MetricState(models.TextChoices):
    """STALE: the feed is silent, and the value that of the last day it was heard of."""

    KNOWN = "known", _("known")
    STALE = "stale", _("not heard of lately")
    MISSING = "missing", _("nothing was ever told")
    NOT_APPLICABLE = "not_applicable", _("not applicable")


class MetricDay(models.Model):
    """What a metric was for an account on a day: exactly `numerator` of `denominator`, both None where
    unknown.

    `metric` is a key of `usage.metrics.METRICS`. `basis` says what a trend is held against, empty otherwise.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+", db_index=False)
    metric = models.CharField(max_length=24)
    day = models.DateField()
    state = models.CharField(max_length=14, choices=MetricState)
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    basis = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["account", "metric", "day"], name="metric_day_once"),
            models.CheckConstraint(condition=Q(state__in=MetricState.values), name="metric_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["known", "stale"], numerator__isnull=False, denominator__isnull=False)
                | Q(
                    state__in=["missing", "not_applicable"],
                    numerator__isnull=True,
                    denominator__isnull=True,
                ),
                name="metric_value_where_known",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["day"], name="metric_day_by_day")]

    def __str__(self) -> str:
        return f"{self.metric} {self.day}"

    @property
    def value(self) -> Fraction | None:
        """Exact; None where it is unknown or not applicable."""
        if self.numerator is None or not self.denominator:
            return None
        return Fraction(self.numerator, self.denominator)
