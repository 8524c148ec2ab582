"""What a card can look at: one measure a file, each read for many accounts at once.

A measure gives the reading of each account at an instant, never later than that; an account that it leaves
out was not read. Add one: a file here, a line in `MEASURES`, its anchors on a card.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from keepwell.success.health.measures import promises_met
from keepwell.success.health.scoring import Reading
from keepwell.success.health.usual import PROMISES

Read = Callable[[Sequence[int], datetime], Mapping[int, Reading]]


@dataclass(frozen=True, kw_only=True)
class MeasureKind:
    """How a measure is called, how its value is written ("share" or "days"), and how it is read."""

    words: str | Promise
    written: str
    read: Read


MEASURES: Mapping[str, MeasureKind] = {
    PROMISES: MeasureKind(
        words=_("Support promises kept in 90 days"), written="share", read=promises_met.read
    ),
}


def readings_of(accounts: Sequence[int], as_of: datetime) -> dict[int, dict[str, Reading]]:
    """All that can be read of these accounts at an instant; a few queries a measure, for all."""
    found: dict[int, dict[str, Reading]] = {account: {} for account in accounts}
    for key, measure in MEASURES.items():
        for account, reading in measure.read(accounts, as_of).items():
            found[account][key] = reading
    return found
