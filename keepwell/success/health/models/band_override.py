from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from keepwell.customers.models import Account
from keepwell.success.health.bands import Override
from keepwell.success.health.cards import Band

SAID = [Band.RED, Band.AMBER, Band.GREEN]


class BandOverride(models.Model):
    """The band that a person gives an account, why, and until when; the score stays what it is.

    `ended_at` is when it was taken back, or another took its place, before it expired.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    band = models.CharField(max_length=12, choices=[(band.value, band.value) for band in SAID])
    reason = models.TextField(max_length=2000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    set_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(ended_at__isnull=True), name="one_band_override_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(band__in=[band.value for band in SAID]), name="band_override_says_a_band"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("set_at")), name="band_override_expires"),
        ]

    def __str__(self) -> str:
        return f"{self.band} until {self.expires_at:%Y-%m-%d}"

    @property
    def said(self) -> Override:
        return Override(band=Band(self.band), reason=self.reason, expires_at=self.expires_at)
