from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from keepwell.conversations.models import Channel
from keepwell.customers.models import Product
from keepwell.service_levels import windows
from keepwell.service_levels.judging import SMALLEST
from keepwell.service_levels.models.policy import Metric, Policy, Population

LONGEST_ROLLING = 366


class WindowKind(models.TextChoices):
    MONTH = windows.MONTH, _("calendar month")
    QUARTER = windows.QUARTER, _("quarter")
    YEAR = windows.YEAR, _("calendar year")
    ROLLING = windows.ROLLING, _("the last days")


class Guideline(models.Model):
    """A promise about a population, watched by name. What it watches stands in its versions."""

    name = models.CharField(_("name"), max_length=120)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                Lower("name"), condition=Q(ended_at__isnull=True), name="guideline_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GuidelineVersion(models.Model):
    """What a guideline watches from an instant on. Never changed: an edit is the next version.

    Metric, allowance and objective are those of the commitment that the policy makes for this metric and
    severity, in the version in force; no number stands twice. `product`, `segment` and `channel` narrow the
    population; empty means all. `told` are the ids of the people who hear when its budget burns.
    """

    guideline = models.ForeignKey(Guideline, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT)
    metric = models.CharField(max_length=20, choices=Metric)
    severity = models.CharField(max_length=8, choices=Population)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True)
    segment = models.CharField(max_length=80, blank=True)
    channel = models.CharField(max_length=16, choices=Channel, blank=True)
    window = models.CharField(max_length=8, choices=WindowKind, default=WindowKind.MONTH)
    rolling_days = models.PositiveSmallIntegerField(
        default=0, validators=[MinValueValidator(0), MaxValueValidator(LONGEST_ROLLING)]
    )
    smallest = models.PositiveIntegerField(default=SMALLEST)
    told = models.JSONField(default=list)
    effective_at = models.DateTimeField()
    made_by_kind = models.CharField(max_length=40)
    made_by_id = models.BigIntegerField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["guideline", "-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["guideline", "number"], name="guideline_version_once"),
            models.CheckConstraint(
                condition=Q(window=WindowKind.ROLLING, rolling_days__gte=1)
                | (~Q(window=WindowKind.ROLLING) & Q(rolling_days=0)),
                name="rolling_windows_have_days",
            ),
            models.CheckConstraint(condition=Q(window__in=WindowKind.values), name="window_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.guideline} {self.number}"
