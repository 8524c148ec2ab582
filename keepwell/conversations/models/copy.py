from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from keepwell.conversations.models.message import Message


class CopyKind(models.TextChoices):
    CC = "cc", _("Copy")
    BCC = "bcc", _("Blind copy")


class Copy(models.Model):
    """Somebody who gets one answer by mail besides those who take part, and who is shown to staff alone.

    He takes part in nothing by it: no page shows him the case. `address` is where it went, empty once he is
    erased. It `failed_at` where the mail cannot be delivered.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="copies", db_index=False)
    contact = models.ForeignKey("keepwell_customers.Contact", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=3, choices=CopyKind)
    address = models.EmailField(max_length=254, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["message", "contact"], name="copy_once"),
            models.CheckConstraint(condition=models.Q(kind__in=CopyKind.values), name="copy_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
