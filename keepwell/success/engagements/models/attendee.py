from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keepwell.success.engagements.models.engagement import Engagement


class Answer(models.TextChoices):
    """What somebody says to an invitation."""

    OPEN = "open", _("Has not answered")
    ACCEPTED = "accepted", _("Comes")
    DECLINED = "declined", _("Does not come")
    TENTATIVE = "tentative", _("Comes perhaps")


class Attendee(models.Model):
    """Somebody of either side who takes part: a contact, or one of ours. Removed ones stay as rows.

    The host takes part by being that, and has no row.
    """

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="attendees")
    contact = models.ForeignKey(
        "keepwell_customers.Contact", on_delete=models.PROTECT, null=True, related_name="+"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.OPEN)
    answered_at = models.DateTimeField(null=True)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(contact__isnull=True, user__isnull=False)
                | Q(contact__isnull=False, user__isnull=True),
                name="attendee_of_one_side",
            ),
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="attendee_answer_known"),
            models.UniqueConstraint(fields=["engagement", "contact"], name="attending_contact_once"),
            models.UniqueConstraint(fields=["engagement", "user"], name="attending_user_once"),
        ]

    def __str__(self) -> str:
        return str(self.contact or self.user)
