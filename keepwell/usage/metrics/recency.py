"""How recently the modules that may be used were: halved with each half-life of the module."""

from __future__ import annotations

from typing import Any

from keepwell.kit import heavy
from keepwell.usage.metrics.given import Given
from keepwell.usage.metrics.shape import of_each

# Powers differ in the last digit from engine to engine; a millionth is more than anybody reads.
MILLION = 1_000_000


def recency(given: Given) -> Any:
    """The mean of 0.5 to the power of (days since the last core event / half-life); 0 where there is none."""
    ibis = heavy.ibis()
    core = given.used.filter(given.used.core_events > 0)
    last = core.group_by(["account_id", "module_id"]).agg(last_ago=core.ago.min())
    modules = given.entitled.left_join(last, ["account_id", "module_id"]).select(
        "account_id", "half_life_days", "last_ago"
    )
    halvings = modules.last_ago.cast("float64") / modules.half_life_days
    parts = (ibis.literal(0.5) ** halvings * MILLION).round().cast("int64")
    told = modules.mutate(part=ibis.ifelse(modules.last_ago.isnull(), 0, parts))
    found = told.group_by("account_id").agg(parts=told.part.sum(), modules=told.count())
    return of_each(given.accounts, found, lambda met: met.parts, lambda met: met.modules * MILLION)
