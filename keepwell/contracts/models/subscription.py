from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keepwell.contracts.licences import Entitlement
from keepwell.contracts.models.contract import Contract
from keepwell.contracts.pricing import Period, Price
from keepwell.customers.models import Deployment, Module, Product

PERIODS = [
    (Period.ONCE.value, _("once")),
    (Period.MONTH.value, _("a month")),
    (Period.QUARTER.value, _("a quarter")),
    (Period.YEAR.value, _("a year")),
]


class Subscription(models.Model):
    """What a customer may use under a contract, and its price: of the whole line for each period.

    `seats` None: as many as want to. `module` None: all of the product. `deployment` None: wherever it runs
    at the account. `price_cents` counts the smallest unit of its currency. `ends_on` None: as long as the
    contract goes on.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="subscriptions")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    module = models.ForeignKey(Module, on_delete=models.PROTECT, null=True, related_name="+")
    deployment = models.ForeignKey(Deployment, on_delete=models.PROTECT, null=True, related_name="+")
    seats = models.PositiveIntegerField(_("seats"), null=True)
    price_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    period = models.CharField(_("for"), max_length=8, choices=PERIODS)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["starts_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="subscription_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(price_cents__gte=0), name="subscription_price_not_negative"),
            models.CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"), name="subscription_currency_code"
            ),
            models.CheckConstraint(
                condition=Q(period__in=[each.value for each in Period]), name="subscription_period_known"
            ),
            models.CheckConstraint(
                condition=Q(seats__isnull=True) | Q(seats__gte=1), name="subscription_seats_or_unlimited"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product}: {self.module}" if self.module else str(self.product)

    @property
    def is_unlimited(self) -> bool:
        return self.seats is None

    @property
    def price(self) -> Price:
        return Price(cents=self.price_cents, period=self.period, first=self.starts_on, last=self.ends_on)

    @property
    def entitlement(self) -> Entitlement:
        return Entitlement(
            product=self.product_id, module=self.module_id, deployment=self.deployment_id, seats=self.seats
        )
