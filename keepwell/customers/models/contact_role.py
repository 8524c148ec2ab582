from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from keepwell.customers.models.account import Account
from keepwell.customers.models.contact import Contact


class ContactRole(models.Model):
    """What a contact is at his account, from an instant to another; without an end he is it now.

    `account` is the one where he is it, whichever he goes to later; None where he belonged to none.
    """

    class Kind(models.TextChoices):
        USER = "user", _("User")
        ADMINISTRATOR = "administrator", _("Administrator")
        EXECUTIVE_SPONSOR = "executive_sponsor", _("Executive sponsor")
        CHAMPION = "champion", _("Champion")

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="roles")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="contact_roles")
    role = models.CharField(max_length=24, choices=Kind)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["from_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["contact", "role"],
                condition=models.Q(to_at__isnull=True),
                name="contact_role_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    role__in=["user", "administrator", "executive_sponsor", "champion"],
                ),
                name="contact_role_known",
            ),
            models.CheckConstraint(
                condition=models.Q(to_at__isnull=True) | models.Q(to_at__gte=models.F("from_at")),
                name="contact_role_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.get_role_display()
