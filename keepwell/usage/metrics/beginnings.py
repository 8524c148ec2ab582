"""How long it took from going live: until something that matters was done, and until enough people use it."""

from __future__ import annotations

from typing import Any

from keepwell.usage.metrics.given import Given
from keepwell.usage.metrics.shape import of_each

# One of ten seats.
ENOUGH_OF_SEATS = 10


def first_value(given: Given) -> Any:
    """Days from going live to the first core event; 0 where there was one before. Nothing while there is
    none.
    """
    core = given.used.filter(given.used.core_events > 0)
    first = core.group_by("account_id").agg(first_ago=core.ago.max())
    return _since_live(given, first)


def first_use(given: Given) -> Any:
    """Days from going live until a tenth of the seats was active in 28 days; only where seats are limited."""
    met = given.history.inner_join(given.seats, "account_id")
    enough = met.filter(met.active * ENOUGH_OF_SEATS >= met.seats)
    return _since_live(given, enough.group_by("account_id").agg(first_ago=enough.ago.max()))


def _since_live(given: Given, first: Any) -> Any:
    met = given.live.inner_join(first, "account_id")
    found = met.select("account_id", days=(met.live_ago - met.first_ago).clip(lower=0), one=1)
    return of_each(given.accounts, found, lambda met: met.days, lambda met: met.one)
