from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from keepwell.customers.models.account import Account


class MailDomain(models.Model):
    """The part of an account's addresses after the @. A verified one says where a newcomer belongs."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="mail_domains")
    domain = models.CharField(_("mail domain"), max_length=253, unique=True)
    added_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["domain"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(domain=Lower("domain")), name="mail_domain_lower_case"),
        ]

    def __str__(self) -> str:
        return self.domain
