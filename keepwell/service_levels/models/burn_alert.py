from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keepwell.service_levels import burning
from keepwell.service_levels.models.guideline import Guideline, GuidelineVersion


class BurnAlert(models.Model):
    """A guideline that burns at one of the paces, from `began_at` until `ended_at`; None: it still does.

    `facts` are the numbers as of the last time it was asked, in the shape of `burn_facts.facts_of`. `told_at`
    is None where there was nobody to tell. The constraint makes that it is told once.
    """

    class Pace(models.TextChoices):
        FAST = burning.FAST, _("fast")
        SLOW = burning.SLOW, _("slowly")

    guideline = models.ForeignKey(Guideline, on_delete=models.PROTECT, related_name="burn_alerts")
    version = models.ForeignKey(GuidelineVersion, on_delete=models.PROTECT, related_name="+")
    pace = models.CharField(max_length=4, choices=Pace)
    began_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    facts = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["guideline", "pace"], condition=Q(ended_at__isnull=True), name="burns_once"
            ),
            models.CheckConstraint(condition=Q(pace__in=burning.KINDS), name="pace_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["ended_at"], name="burn_ended")]

    def __str__(self) -> str:
        return f"{self.guideline} {self.pace}"
