"""How many of the modules that may be used are, in four weeks."""

from __future__ import annotations

from typing import Any

from keepwell.usage.metrics.given import Given
from keepwell.usage.metrics.shape import of_each

# A module is used once somebody did something that matters in it more than to look.
USERS_AT_LEAST, CORE_EVENTS_AT_LEAST = 1, 3


def breadth(given: Given) -> Any:
    """Entitled modules that are used, of all entitled modules."""
    there = given.by_persons.inner_join(given.entitled, ["account_id", "module_id"])
    core = there.filter(there.core_events > 0)
    modules = core.group_by(["account_id", "module_id"]).agg(
        users=core.person_key.nunique(), done=core.core_events.sum()
    )
    used = modules.filter((modules.users >= USERS_AT_LEAST) & (modules.done >= CORE_EVENTS_AT_LEAST))
    used = used.group_by("account_id").agg(used=used.count())
    may = given.entitled.group_by("account_id").agg(modules=given.entitled.count())
    found = may.left_join(used, "account_id").select("account_id", "modules", "used")
    return of_each(given.accounts, found, lambda met: met.used, lambda met: met.modules)
