from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from keepwell.side_threads.models.side_party import SideParty
from keepwell.side_threads.models.side_thread import SideThread

ATTACHMENT = "keepwell_files.Attachment"


class SideDirection(models.TextChoices):
    IN = "in", _("From them")
    OUT = "out", _("To them")


class SideMessage(models.Model):
    """What was written in a side thread: ours is Markdown source, theirs is what was typed.

    Of one that came in `party` is who wrote it, where he is one of those who were asked; `writer_address`
    and `writer_name` are as the mail says them. It `is_unconfirmed` where nobody proves that, or where
    another person answered than was asked. Both are empty once the writer is erased.
    """

    thread = models.ForeignKey(SideThread, on_delete=models.PROTECT, related_name="messages", db_index=False)
    direction = models.CharField(max_length=3, choices=SideDirection)
    # Without an index, as at messages: only who removed words and who wrote are told by them.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    party = models.ForeignKey(SideParty, on_delete=models.PROTECT, null=True, related_name="+")
    writer_name = models.CharField(max_length=200, blank=True)
    writer_address = models.CharField(max_length=320, blank=True)
    is_unconfirmed = models.BooleanField(default=False)
    body = models.TextField(blank=True)
    happened_at = models.DateTimeField()
    redacted_at = models.DateTimeField(null=True)
    redacted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(direction=SideDirection.IN, author__isnull=True)
                | Q(direction=SideDirection.OUT, party__isnull=True, is_unconfirmed=False),
                name="side_message_has_its_writer",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["thread", "happened_at", "id"], name="side_message_line_of_time"),
            models.Index(
                Lower("writer_address"), condition=~Q(writer_address=""), name="side_message_writer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_direction_display()} {self.pk}"

    @property
    def is_ours(self) -> bool:
        return self.direction == SideDirection.OUT


class Delivery(models.Model):
    """One message to one of those who are asked, by a mail of its own; `failed_at` where it cannot arrive."""

    message = models.ForeignKey(
        SideMessage, on_delete=models.PROTECT, related_name="deliveries", db_index=False
    )
    party = models.ForeignKey(SideParty, on_delete=models.PROTECT, related_name="+")
    failed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["message", "party"], name="side_delivery_once"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} to {self.party_id}"


class SideAttachment(models.Model):
    """A file of a side message: for those who see the side thread, and for nobody else."""

    message = models.ForeignKey(
        SideMessage, on_delete=models.CASCADE, related_name="attached", db_index=False
    )
    attachment = models.ForeignKey(ATTACHMENT, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["message", "attachment"], name="side_attachment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.attachment_id}"
