"""What customers may use, of the products that usage is told of: modules and seats.

By the contracts in force; of an account without any, the modules that run there, and no number of seats.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from keepwell.contracts.licences import Entitlement
from keepwell.contracts.queries import entitlements_of_many
from keepwell.customers.models import Account, Deployment, Environment, Module
from keepwell.usage.models import Source

Rows = list[tuple[Any, ...]]
Agreed = Mapping[int, list[Entitlement]]


class Entitled:
    """What all accounts may use on a day. `modules`: (account, module, half-life in days) of each module.

    `seats`: (account, seats) of those with so many; whoever has no limit, or no contract, is left out.
    """

    def __init__(self, on: date) -> None:
        told = set(Source.objects.values_list("product", flat=True))
        running = Deployment.objects.filter(environment=Environment.PRODUCTION, product__in=told)
        running = running.exclude(retired_at__date__lte=on)
        found = entitlements_of_many(running.values_list("account", flat=True), on)
        agreed = {
            account: [one for one in all_of_it if one.product in told] for account, all_of_it in found.items()
        }
        known = {module.pk: module for module in Module.objects.filter(product__in=told)}
        there = running.exclude(account__in=agreed).filter(modules__isnull=False)
        used = {*_modules(agreed, known.values()), *there.values_list("account", "modules")}
        self.modules: Rows = sorted(
            (account, module, known[module].half_life_days) for account, module in used if module in known
        )
        self.seats: Rows = sorted(
            (account, seats)
            for account, all_of_it in agreed.items()
            if (seats := seats_of(all_of_it)) is not None
        )


def modules_of(account: Account, on: date) -> list[Module]:
    """The modules that the account may use on a day, whatever is told of their use: by product and name."""
    agreed = entitlements_of_many([account.pk], on)
    products = [one.product for one in agreed.get(account.pk, [])]
    known = {module.pk: module for module in Module.objects.filter(product__in=products)}
    found = {module for _account, module in _modules(agreed, known.values())}
    if not agreed:
        running = Deployment.objects.filter(account=account, environment=Environment.PRODUCTION)
        there = running.exclude(retired_at__date__lte=on).filter(modules__isnull=False)
        found = set(there.values_list("modules", flat=True))
    rows = Module.objects.filter(pk__in=found).select_related("product")
    return sorted(rows, key=lambda one: (one.product.name, one.name))


def seats_of(agreed: Iterable[Entitlement]) -> int | None:
    """How many people may use it; None without a limit, or where nothing is agreed.

    The same people use the modules of a product: of those the most counts. Products add up.
    """
    most: dict[int, int] = defaultdict(int)
    for one in agreed:
        if one.seats is None:
            return None
        most[one.product] = max(most[one.product], one.seats)
    return sum(most.values()) or None


def _modules(agreed: Agreed, modules: Iterable[Module]) -> Iterable[tuple[int, int]]:
    """(account, module): what is agreed by itself, and all modules of a product agreed as a whole."""
    of_product: dict[int, list[int]] = defaultdict(list)
    for module in modules:
        if module.is_active:
            of_product[module.product_id].append(module.pk)
    for account, all_of_it in agreed.items():
        for one in all_of_it:
            for pk in [one.module] if one.module else of_product[one.product]:
                yield account, pk
