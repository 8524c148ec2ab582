from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from keepwell.conversations.models import Conversation, Direction, Message
from keepwell.conversations.models.message import STANDING_STATES
from keepwell.customers.models import Account
from keepwell.customers.queries import sees_all


class CorrespondenceQuerySet(models.QuerySet["Correspondence"]):
    def visible_to(self, actor: Any) -> CorrespondenceQuerySet:
        """Staff who see accounts; a customer has it in his mailbox, and no page of it."""
        return self.all() if sees_all(actor, "account.see") else self.none()

    def for_list(self) -> CorrespondenceQuerySet:
        """With `last_said`, whose turn the newest message was ("in" or "out"), and `last_at`, when."""
        rows = Message.objects.filter(conversation=OuterRef("conversation"), state__in=STANDING_STATES)
        newest = rows.order_by("-happened_at", "-pk")
        said = self.annotate(
            last_said=Subquery(newest.values("direction")[:1]),
            last_at=Subquery(newest.values("happened_at")[:1]),
        )
        return said.select_related("account", "contact", "begun_by", "owner")

    def waiting_for_us(self) -> CorrespondenceQuerySet:
        """The contact wrote last."""
        listed: Any = self.for_list()
        waiting: CorrespondenceQuerySet = listed.filter(last_said=Direction.IN)
        return waiting


class Correspondence(models.Model):
    """Letters between one of ours and one contact, by mail, under one subject. Its words are messages.

    `owner` is one of ours who answers: at first whoever wrote, None once nobody does. `is_to_many`: the first
    was sent to several in the same words, each by himself. `subject` is "" once the contact was erased.
    """

    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="correspondence", db_index=False
    )
    contact = models.ForeignKey("keepwell_customers.Contact", on_delete=models.PROTECT, related_name="+")
    conversation = models.OneToOneField(Conversation, on_delete=models.PROTECT, related_name="correspondence")
    subject = models.CharField(max_length=250, blank=True)
    is_to_many = models.BooleanField(default=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()

    objects = CorrespondenceQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["account", "-begun_at", "-id"], name="correspondence_of_account"),
            models.Index(
                fields=["contact", "-begun_at"],
                condition=Q(is_to_many=True),
                name="correspondence_to_many",
            ),
        ]

    def __str__(self) -> str:
        return self.subject or f"Letter {self.pk}"
