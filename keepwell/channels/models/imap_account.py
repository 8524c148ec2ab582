from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keepwell.channels.models.mailbox import Mailbox


class Secured(models.TextChoices):
    """How safely a mail server is spoken to."""

    AT_ONCE = "tls", _("TLS from the first byte (port 993)")
    BEFORE_SIGN_IN = "starttls", _("STARTTLS before signing in (port 143)")
    NEVER = "plain", _("Not at all: only on this machine")


class ImapAccountQuerySet(models.QuerySet["ImapAccount"]):
    def in_use(self) -> ImapAccountQuerySet:
        return self.filter(mailbox__is_in_use=True).select_related("mailbox")


class ImapAccount(models.Model):
    """Where the mails of a mailbox are fetched from, and how the last attempt ended.

    What arrived there before `takes_from` is left; None takes everything. With `moves_to` a mail that is
    kept goes to that folder, else it is marked as read. `uid_validity` is under which numbering the folder's
    mails are known here. `failures` counts attempts that failed since the last success, `said` is why.
    """

    mailbox = models.OneToOneField(Mailbox, on_delete=models.CASCADE, related_name="imap")
    server = models.CharField(_("server"), max_length=253)
    port = models.PositiveIntegerField(_("port"), default=993)
    secured = models.CharField(_("encryption"), max_length=8, choices=Secured, default=Secured.AT_ONCE)
    user = models.CharField(_("user"), max_length=254)
    sealed_password = models.TextField(blank=True)
    folder = models.CharField(_("folder"), max_length=200, default="INBOX")
    moves_to = models.CharField(_("move to"), max_length=200, blank=True)
    takes_from = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    uid_validity = models.BigIntegerField(null=True)
    tried_at = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    said = models.CharField(max_length=500, blank=True)

    objects = ImapAccountQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(secured__in=Secured.values), name="imap_secured_known"),
            models.CheckConstraint(condition=Q(port__gte=1, port__lte=65535), name="imap_port_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.user}@{self.server}:{self.port}/{self.folder}"

    def silent_for(self, at: datetime) -> timedelta:
        """How long it has not been looked into with success; since it was set up, where it never was."""
        return at - max(filter(None, (self.succeeded_at, self.changed_at)))
