from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Serves(models.TextChoices):
    """What a conversation is for."""

    CASE = "case", _("Case")
    ENQUIRY = "enquiry", _("Enquiry")
    ENGAGEMENT = "engagement", _("Engagement")
    ACCOUNT = "account", _("Account")
    TRIAGE = "triage", _("Not placed yet")


class Conversation(models.Model):
    """A thread of messages with those who take part in it.

    A private one is seen on the customer's side by its participants only, whatever their account's
    administrators may see otherwise.
    """

    serves = models.CharField(max_length=16, choices=Serves)
    account = models.ForeignKey(
        "keepwell_customers.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_private = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(serves__in=Serves.values), name="conversation_serves_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_serves_display()} {self.pk}"
