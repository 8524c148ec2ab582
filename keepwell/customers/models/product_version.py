from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from keepwell.customers.lifetimes import Lifetime
from keepwell.customers.models.product import Product


class ProductVersion(models.Model):
    """A version of a product, with its last days: of support, and of its life. Each may be unknown."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="versions")
    number = models.CharField(_("version"), max_length=60)
    released_on = models.DateField(_("released"), null=True, blank=True)
    support_ends_on = models.DateField(_("supported until"), null=True, blank=True)
    life_ends_on = models.DateField(_("ends"), null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("product", Upper("number"), name="product_version_once"),
            models.CheckConstraint(condition=~Q(number=""), name="product_version_has_a_number"),
            models.CheckConstraint(
                condition=Q(released_on__isnull=True)
                | (
                    (Q(support_ends_on__isnull=True) | Q(support_ends_on__gte=F("released_on")))
                    & (Q(life_ends_on__isnull=True) | Q(life_ends_on__gte=F("released_on")))
                ),
                name="product_version_released_first",
            ),
            models.CheckConstraint(
                condition=Q(support_ends_on__isnull=True)
                | Q(life_ends_on__isnull=True)
                | Q(life_ends_on__gte=F("support_ends_on")),
                name="product_version_ends_last",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.number}"

    @property
    def lifetime(self) -> Lifetime:
        return Lifetime(
            released_on=self.released_on,
            support_ends_on=self.support_ends_on,
            life_ends_on=self.life_ends_on,
        )
