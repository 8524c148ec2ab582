from __future__ import annotations

from typing import ClassVar

from django.db import models

from keepwell.conversations.models.draft import Draft
from keepwell.conversations.models.message import Message
from keepwell.conversations.models.note import Note

ATTACHMENT = "keepwell_files.Attachment"


class MessageAttachment(models.Model):
    """A file that belongs to a message, and is seen by whoever may read that message."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attached", db_index=False)
    attachment = models.ForeignKey(ATTACHMENT, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["message", "attachment"], name="message_attachment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.attachment_id}"


class NoteAttachment(models.Model):
    """A file that belongs to a note: staff only."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="attached", db_index=False)
    attachment = models.ForeignKey(ATTACHMENT, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["note", "attachment"], name="note_attachment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.note_id} {self.attachment_id}"


class DraftAttachment(models.Model):
    """A file put to what is not sent yet: only the writer's."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="attached", db_index=False)
    attachment = models.ForeignKey(ATTACHMENT, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["draft", "attachment"], name="draft_attachment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.attachment_id}"
