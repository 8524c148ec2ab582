"""On how many of the working days of four weeks something that matters was done."""

from __future__ import annotations

from typing import Any

from keepwell.usage.metrics.given import WINDOW_DAYS, Given
from keepwell.usage.metrics.shape import of_each


def frequency(given: Given) -> Any:
    """Working days with a core event, of all working days."""
    recent = given.within(WINDOW_DAYS)
    days = recent.filter(recent.core_events > 0).select("account_id", "ago").distinct()
    done = days.semi_join(given.worked, ["account_id", "ago"])
    done = done.group_by("account_id").agg(done=done.count())
    worked = given.worked.group_by("account_id").agg(days=given.worked.count())
    found = worked.left_join(done, "account_id").select("account_id", "days", "done")
    return of_each(given.accounts, found, lambda met: met.done, lambda met: met.days)
