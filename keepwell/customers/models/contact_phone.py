from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from keepwell.customers.models.contact import Contact


class ContactPhone(models.Model):
    """One telephone number of one contact, as it was written; `digits` is what numbers are compared by."""

    class Kind(models.TextChoices):
        OFFICE = "office", _("Office")
        MOBILE = "mobile", _("Mobile")
        OTHER = "other", _("Other")

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="phones")
    number = models.CharField(_("phone"), max_length=40)
    digits = models.CharField(max_length=20, db_index=True)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.OFFICE)
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["contact", "digits"], name="phone_once"),
            models.CheckConstraint(
                condition=models.Q(digits__regex=r"^\+?[0-9]{3,19}$"), name="phone_has_digits"
            ),
        ]

    def __str__(self) -> str:
        return self.number
