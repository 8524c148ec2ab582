from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from keepwell.customers.models.contact import Contact


class ContactAddress(models.Model):
    """One mail address of one contact. Confirmed once the person showed that it is his."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="addresses")
    email = models.EmailField(_("e-mail address"), max_length=254)
    is_primary = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-is_primary", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # In capitals, because that is how PostgreSQL is asked for an address in any spelling.
            models.UniqueConstraint(Upper("email"), name="address_once"),
            models.UniqueConstraint(
                fields=["contact"], condition=models.Q(is_primary=True), name="one_primary_address"
            ),
        ]

    def __str__(self) -> str:
        return self.email
