from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keepwell.channels.models.mailbox import Mailbox


class CameBy(models.TextChoices):
    """Who handed a mail to us."""

    PIPE = "pipe", _("Handed over by the mail server, by keepwell mail receive")
    IMAP = "imap", _("Fetched from the mailbox")
    LMTP = "lmtp", _("Delivered by the mail server")
    WEBHOOK = "webhook", _("Delivered by a mail provider")


class RawMail(models.Model):
    """A mail byte for byte, as it came. Written once; all that ever happens to it is that it is forgotten.

    A small one stands in `content`, so that one commit makes it safe; a larger one is a file of its own.
    `remote_id` is what the other side calls it, such as UIDVALIDITY/UID, once in its mailbox.
    """

    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, related_name="+", db_index=False)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    content = models.BinaryField(null=True)
    file = models.ForeignKey(
        "keepwell_files.Attachment", on_delete=models.PROTECT, null=True, related_name="+"
    )
    came_by = models.CharField(max_length=10, choices=CameBy)
    remote_id = models.CharField(max_length=200, blank=True)
    envelope_sender = models.CharField(max_length=320, blank=True)
    envelope_recipients = models.JSONField(default=list)
    received_at = models.DateTimeField()
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["mailbox", "sha256"], name="raw_mail_once_a_mailbox"),
            models.UniqueConstraint(
                fields=["mailbox", "remote_id"], condition=~Q(remote_id=""), name="raw_mail_remote_id_once"
            ),
            models.CheckConstraint(condition=Q(came_by__in=CameBy.values), name="raw_mail_came_by_known"),
            models.CheckConstraint(
                condition=Q(content__isnull=False, file__isnull=True, forgotten_at__isnull=True)
                | Q(content__isnull=True, file__isnull=False, forgotten_at__isnull=True)
                | Q(content__isnull=True, file__isnull=True, forgotten_at__isnull=False),
                name="raw_mail_kept_in_one_place",
            ),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]
