from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from keepwell.customers.models.account import Account
from keepwell.customers.models.product import Module, Product


class Environment(models.TextChoices):
    PRODUCTION = "production", _("Production")
    TEST = "test", _("Test")
    TRAINING = "training", _("Training")


class Deployment(models.Model):
    """A product as it runs at an account. `live_on` is the go-live date, None while it is implemented.

    `external_key` is how the software there names itself when it tells of its use, empty if it does not.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="deployments")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="deployments")
    environment = models.CharField(
        _("environment"), max_length=16, choices=Environment, default=Environment.PRODUCTION
    )
    version = models.CharField(_("version"), max_length=60, blank=True)
    external_key = models.CharField(_("key in usage data"), max_length=200, blank=True)
    modules = models.ManyToManyField(Module, blank=True, related_name="deployments")
    live_on = models.DateField(_("live since"), null=True, blank=True)
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["product", "environment", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["external_key"], condition=~models.Q(external_key=""), name="deployment_key_once"
            ),
            models.CheckConstraint(
                condition=models.Q(environment__in=Environment.values), name="deployment_environment_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.version}".strip()

    @property
    def is_live(self) -> bool:
        """Whether it went live and runs still, as far as dates were entered."""
        return self.live_on is not None and self.retired_at is None
