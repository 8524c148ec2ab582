from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from keepwell.outbox.models import Brand


class Mailbox(models.Model):
    """An address that customers write to. One that is not in use takes nothing in any more.

    `brand` answers who writes to it; None: that of the product, or the vendor's own.
    """

    address = models.EmailField(_("mail address"), max_length=254)
    name = models.CharField(_("name"), max_length=200, blank=True)
    brand = models.ForeignKey(
        Brand, on_delete=models.PROTECT, null=True, related_name="mailboxes", db_index=False
    )
    is_in_use = models.BooleanField(_("in use"), default=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("address"), name="mailbox_address_once"),
        ]

    def __str__(self) -> str:
        return self.address
