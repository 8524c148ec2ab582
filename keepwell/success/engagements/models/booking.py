from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from keepwell.success.engagements.models.engagement import Engagement


class OfferedTime(models.Model):
    """A time that the customer may choose. It is nobody's until he does."""

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="offered")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["starts_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["engagement", "starts_at"], name="offered_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="offered_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.starts_at.isoformat()


class BookingLink(models.Model):
    """What one contact was sent to choose a time by, and for nothing else.

    The address carries its number, signed. It leads nowhere once it is used, revoked or old.
    """

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="booking_links")
    contact = models.ForeignKey("keepwell_customers.Contact", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["engagement", "contact"],
                condition=Q(revoked_at=None, used_at=None),
                name="one_booking_link_each",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def is_good_at(self, at: datetime) -> bool:
        return self.used_at is None and self.revoked_at is None and at < self.expires_at
