from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keepwell.channels.models.imap_account import ImapAccount


class SignsInAt(models.TextChoices):
    """Who lets us into a mailbox by OAuth 2, where there are no passwords for programs."""

    MICROSOFT = "microsoft", _("Microsoft 365")
    GOOGLE = "google", _("Google")


class MailSignIn(models.Model):
    """How a mailbox is signed in to instead of with a password: in the name of whoever consented.

    `client_id` and the secret are what the provider calls this installation, `tenant` the directory at
    Microsoft. `sealed_refresh` is empty until somebody consented; `sealed_access` is what it was last
    exchanged for, good until `access_ends_at`.
    """

    account = models.OneToOneField(ImapAccount, on_delete=models.CASCADE, related_name="sign_in")
    provider = models.CharField(_("provider"), max_length=10, choices=SignsInAt)
    tenant = models.CharField(_("directory"), max_length=100, blank=True)
    client_id = models.CharField(_("client id"), max_length=300)
    sealed_secret = models.TextField()
    sealed_refresh = models.TextField(blank=True)
    sealed_access = models.TextField(blank=True)
    access_ends_at = models.DateTimeField(null=True)
    consented_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(provider__in=SignsInAt.values), name="mail_sign_in_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_provider_display()} {self.client_id}"
