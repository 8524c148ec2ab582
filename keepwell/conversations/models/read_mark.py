from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from keepwell.conversations.models.conversation import Conversation
from keepwell.conversations.models.message import Message
from keepwell.conversations.models.note import Note


class ReadMark(models.Model):
    """How far somebody has read; None for what he has seen nothing of."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="marks", db_index=False
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    last_message = models.ForeignKey(
        Message, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    last_note = models.ForeignKey(Note, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["conversation", "user"], name="one_mark_each"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.conversation_id}"
