"""How many of the seats are set up, and how many are used. Not applicable where there is no limit."""

from __future__ import annotations

from typing import Any

from keepwell.usage.metrics.active import active_28
from keepwell.usage.metrics.given import Given
from keepwell.usage.metrics.shape import of_each


def licences_provisioned(given: Given) -> Any:
    """People for whom it is set up, of all seats; not applicable either where the software does not tell."""
    found = given.seats.inner_join(given.provisioned, "account_id").select("account_id", "seats", "people")
    return of_each(given.accounts, found, lambda met: met.people, lambda met: met.seats)


def licences_active(given: Given) -> Any:
    """Persons active in four weeks, of all seats."""
    active = active_28(given).select("account_id", active="numerator")
    found = given.seats.inner_join(active, "account_id").select("account_id", "seats", "active")
    return of_each(given.accounts, found, lambda met: met.active, lambda met: met.seats)
