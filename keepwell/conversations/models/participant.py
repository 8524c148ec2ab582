from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from keepwell.conversations.models.conversation import Conversation


class PartRole(models.TextChoices):
    OPENER = "opener", _("Opened it")
    PARTICIPANT = "participant", _("Takes part")


class Participant(models.Model):
    """Somebody of the customer's side in a conversation: suggested until confirmed, until removed.

    A suggested one sees nothing. An opener who is not confirmed sent it from an address that is not
    proven yet: then nobody of the customer's side sees the conversation on his account.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="participants")
    contact = models.ForeignKey("keepwell_customers.Contact", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=16, choices=PartRole)
    added_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["conversation", "contact"], name="participant_once"),
            models.UniqueConstraint(
                fields=["conversation"], condition=models.Q(role=PartRole.OPENER), name="one_opener"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=PartRole.values), name="participant_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.pk}"

    @property
    def takes_part(self) -> bool:
        return self.confirmed_at is not None and self.removed_at is None
