from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keepwell.customers.models import Account
from keepwell.success.engagements.models.kind import Kind
from keepwell.success.engagements.recurring import how_often


class Cadence(models.Model):
    """How often an account is met in one way, by whom. `rule` is one of RFC 5545, read from `starts_on`.

    There is always one engagement of it ahead, and never two.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="cadences")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    rule = models.CharField(_("how often"), max_length=200)
    starts_on = models.DateField(_("first about"))
    lasts_minutes = models.PositiveSmallIntegerField(_("minutes"), default=60)
    host = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="cadence_kind_known"),
            models.UniqueConstraint(
                fields=["account", "kind"], condition=Q(ended_at=None), name="one_cadence_of_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {how_often(self.rule)}"
