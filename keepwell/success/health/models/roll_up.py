from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keepwell.customers.models import Account
from keepwell.success.health.rolling_up import Way

WAYS = [
    (Way.WORST.value, _("the worst of them")),
    (Way.SEATS.value, _("weighed by seats")),
    (Way.REVENUE.value, _("weighed by what they pay")),
]


class RollUp(models.Model):
    """How this account and all below it count together; the worst of them where nothing is declared."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="roll_up")
    way = models.CharField(_("how they count"), max_length=8, choices=WAYS)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(way__in=[way.value for way in Way]), name="roll_up_way_known"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.way}"
