from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from keepwell.conversations.models.conversation import Conversation


class DraftKind(models.TextChoices):
    REPLY = "reply", _("Reply")
    NOTE = "note", _("Note")


class Draft(models.Model):
    """What somebody has begun to write, so that nothing is lost; only the writer sees it.

    `cc` and `bcc` are who else is to get it, as it was typed.
    """

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="drafts", db_index=False
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=DraftKind)
    body = models.TextField(blank=True)
    cc = models.TextField(blank=True, default="")
    bcc = models.TextField(blank=True, default="")
    updated_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["conversation", "user", "kind"], name="one_draft_each"),
            models.CheckConstraint(condition=models.Q(kind__in=DraftKind.values), name="draft_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
