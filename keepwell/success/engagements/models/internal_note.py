from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keepwell.customers.queries import sees_all
from keepwell.success.engagements.models.engagement import Engagement


class NoteKind(models.TextChoices):
    PREPARATION = "preparation", _("Preparation")
    NOTE = "note", _("Note")


class InternalNoteQuerySet(models.QuerySet["InternalNote"]):
    def visible_to(self, actor: Any) -> InternalNoteQuerySet:
        """Staff who see accounts; for a customer there is nothing here."""
        return self.all() if sees_all(actor, "account.see") else self.none()


class InternalNote(models.Model):
    """What we prepare or note for ourselves; no customer ever sees it, and nothing turns it into what he may.

    Once it is redacted its words are gone for good.
    """

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="internal_notes")
    kind = models.CharField(max_length=12, choices=NoteKind, default=NoteKind.NOTE)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    body = models.TextField(blank=True)
    written_at = models.DateTimeField()
    redacted_at = models.DateTimeField(null=True)

    objects = InternalNoteQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=NoteKind.values), name="internal_note_kind_known"),
            models.CheckConstraint(
                condition=Q(redacted_at__isnull=True) | Q(body=""), name="internal_note_redacted_is_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
