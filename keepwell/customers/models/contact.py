from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from keepwell.customers.models.account import Account


class Contact(models.Model):
    """A person on the customer's side, or one whose account is not known yet.

    A merged contact points to the one that stands for the person now; an erased one is a row without
    name, addresses and phones. `user` is there once portal access was given, and stays when it ends.
    """

    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    locale = models.CharField(_("language"), max_length=16, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="contact"
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    added_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | ~models.Q(merged_into=models.F("id")),
                name="contact_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True) | models.Q(name="", locale=""),
                name="contact_erased_is_nameless",
            ),
        ]

    def __str__(self) -> str:
        if self.erased_at:
            return gettext("Erased person")
        return self.name or self.email or gettext("Unknown person")

    @property
    def actor_ref(self) -> tuple[str, int]:
        return "contact", self.pk

    @property
    def email(self) -> str:
        """The address to write to; empty if there is none."""
        chosen = sorted(self.addresses.all(), key=lambda address: (not address.is_primary, address.pk))
        return chosen[0].email if chosen else ""

    @property
    def is_reachable(self) -> bool:
        return not self.erased_at and bool(self.email)
