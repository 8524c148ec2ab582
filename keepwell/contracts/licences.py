"""What an account may use as of a day: products and modules, and for how many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, kw_only=True)
class Entitlement:
    """`module` None: the whole product; `deployment` None: wherever it runs at the account.

    `seats` None: as many as want to.
    """

    product: int
    module: int | None = None
    deployment: int | None = None
    seats: int | None = None

    @property
    def is_unlimited(self) -> bool:
        return self.seats is None

    @property
    def what(self) -> tuple[int, int, int]:
        return self.product, self.module or 0, self.deployment or 0


def joined(entitlements: Iterable[Entitlement]) -> list[Entitlement]:
    """One for each product, module and deployment, in their order: seats add up, unlimited takes them all."""
    found: dict[tuple[int, int, int], Entitlement] = {}
    for one in entitlements:
        before = found.get(one.what)
        found[one.what] = replace(one, seats=_together(before.seats, one.seats)) if before else one
    return [found[what] for what in sorted(found)]


def _together(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other
