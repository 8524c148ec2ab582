from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DeliveredBy(models.TextChoices):
    """Mail providers that deliver what comes in by a request of their own, as the bytes it is."""

    MAILGUN = "mailgun", _("Mailgun")
    POSTMARK = "postmark", _("Postmark")
    SENDGRID = "sendgrid", _("SendGrid")
    SPARKPOST = "sparkpost", _("SparkPost")


class MailHook(models.Model):
    """Where a mail provider delivers to us. `key` is the part of the address that nobody can guess.

    `sealed_secret` is what the provider proves itself with: Mailgun's signing key, else user:password.
    `said` is why the last request was not taken, empty where it was.
    """

    provider = models.CharField(_("provider"), max_length=10, choices=DeliveredBy, unique=True)
    key = models.CharField(max_length=64, unique=True)
    sealed_secret = models.TextField()
    added_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(provider__in=DeliveredBy.values), name="mail_hook_known"),
        ]

    def __str__(self) -> str:
        return self.get_provider_display()
