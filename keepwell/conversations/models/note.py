from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from keepwell.conversations.models.conversation import Conversation


class NoteKind(models.TextChoices):
    NOTE = "note", _("Note")
    HANDOFF = "handoff", _("Hand-off")


class Note(models.Model):
    """What staff say among themselves; no customer ever sees it, and it never becomes a message."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="notes", db_index=False
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=16, choices=NoteKind, default=NoteKind.NOTE)
    body = models.TextField(blank=True)
    about = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField()
    redacted_at = models.DateTimeField(null=True, blank=True)
    redacted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(kind__in=NoteKind.values), name="note_kind_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["conversation", "created_at", "id"], name="note_line_of_time"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
