"""Whatever is recorded about a case moves its clocks, in the same transaction."""

from __future__ import annotations

from keepwell.journal.models import Entry
from keepwell.journal.reacting import when_settled
from keepwell.service_levels.caching import refresh
from keepwell.service_levels.history import READ_KINDS
from keepwell.service_levels.updates import settle_promised_update

MOVING = frozenset(READ_KINDS)


@when_settled("case")
def keep_clocks(case_id: int, entries: list[Entry]) -> None:
    if any(entry.kind in MOVING for entry in entries):
        settle_promised_update(case_id, entries)
        refresh(case_id)
