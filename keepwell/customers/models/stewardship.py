from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from keepwell.customers.models.account import Account


class Stewardship(models.Model):
    """Which of our people looks after an account in which way, from an instant to another."""

    class Kind(models.TextChoices):
        SUCCESS = "success", _("Customer success manager")
        ACCOUNT = "account", _("Account manager")

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="stewardships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="stewardships")
    kind = models.CharField(max_length=8, choices=Kind)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["from_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["account", "kind"],
                condition=models.Q(to_at__isnull=True),
                name="one_steward_of_a_kind_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["success", "account"]), name="stewardship_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(to_at__isnull=True) | models.Q(to_at__gte=models.F("from_at")),
                name="stewardship_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_kind_display()}"
