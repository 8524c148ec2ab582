from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from keepwell.outbox.models import Brand

# How long most parts of a product may rest before they are half forgotten, until somebody says otherwise.
HALF_LIFE_DAYS = 14


class Product(models.Model):
    """Something the vendor sells and supports. `brand` speaks for it; None: the vendor's own."""

    brand = models.ForeignKey(
        Brand, on_delete=models.PROTECT, null=True, related_name="products", db_index=False
    )
    name = models.CharField(_("product"), max_length=120)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Upper("name"), name="product_name_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="product_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Module(models.Model):
    """A part of a product that an account may have or not.

    `core_events` are what its use is known by, as the software names them; each `half_life_days` without one
    halves how recent its use is said to be.
    """

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="modules")
    name = models.CharField(_("module"), max_length=120)
    is_active = models.BooleanField(default=True)
    core_events = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    half_life_days = models.PositiveSmallIntegerField(default=HALF_LIFE_DAYS)

    class Meta:
        ordering: ClassVar[list[str]] = ["product", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("product", Upper("name"), name="module_name_once"),
            models.CheckConstraint(
                condition=models.Q(half_life_days__gt=0), name="module_half_life_is_a_time"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="module_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
