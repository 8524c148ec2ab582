"""How the customers of the demonstration are, as the nights of its last weeks found them."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from keepwell.people.actors import System
from keepwell.success.health.verbs.snapshotting import take_snapshots

BY = System("demo")
WEEKS = 12
A_WEEK = timedelta(days=7)


def judge(ends_at: datetime) -> None:
    """Every live account is looked at each week, the last time on the day that it all ends; never twice."""
    for weeks in range(WEEKS, -1, -1):
        morning = ends_at - weeks * A_WEEK
        take_snapshots(as_of=datetime.combine(morning.date(), time(), UTC), by=BY, at=morning)
