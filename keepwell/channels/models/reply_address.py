from __future__ import annotations

from django.db import models

from keepwell.conversations.models import Conversation
from keepwell.customers.models import Contact


class ReplyAddress(models.Model):
    """The seal that one recipient answers to in one conversation, so that it is found again.

    An address has no room for more than the seal. That it stands here makes it good for nothing: it is
    believed if one of the keys in use gives it for this conversation and contact.
    """

    seal = models.CharField(max_length=52, unique=True)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+", db_index=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+", db_index=False)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"conversation {self.conversation_id}, contact {self.contact_id}"
