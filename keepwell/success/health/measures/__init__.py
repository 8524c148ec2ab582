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

from keepwell.success.health.measures import actions_on_time, engaged, promises_met, used
from keepwell.success.health.scoring import Reading
from keepwell.success.health.usual import (
    ACTIONS,
    ACTIVE_SEATS,
    BREADTH,
    ENGAGED,
    FIRST_VALUE,
    FREQUENCY,
    PROMISES,
    TREND,
)

Read = Callable[[Sequence[int], datetime], Mapping[int, Reading]]


@dataclass(frozen=True, kw_only=True)
class MeasureKind:
    """How a measure is called, how its value is written ("share" or "days"), and how it is read."""

    words: str | Promise
    written: str
    read: Read


SHARE, DAYS = "share", "days"
MEASURES: dict[str, MeasureKind] = {
    ACTIVE_SEATS: MeasureKind(words=_("Seats in use"), written=SHARE, read=used.reader_of("licences_active")),
    TREND: MeasureKind(words=_("Use against its season"), written=SHARE, read=used.reader_of("trend")),
    BREADTH: MeasureKind(
        words=_("Modules used of those bought"), written=SHARE, read=used.reader_of("breadth")
    ),
    FREQUENCY: MeasureKind(words=_("Working days with use"), written=SHARE, read=used.reader_of("frequency")),
    PROMISES: MeasureKind(words=_("Support promises kept in 90 days"), written=SHARE, read=promises_met.read),
    ENGAGED: MeasureKind(words=_("Since we last met"), written=DAYS, read=engaged.read),
    ACTIONS: MeasureKind(words=_("Road-map actions done in time"), written=SHARE, read=actions_on_time.read),
    FIRST_VALUE: MeasureKind(
        words=_("Until it was of use"), written=DAYS, read=used.reader_of("first_value")
    ),
}


def readings_of(accounts: Sequence[int], as_of: datetime) -> dict[int, dict[str, Reading]]:
    """All that can be read of these accounts at an instant; a few queries a measure, for all."""
    found: dict[int, dict[str, Reading]] = {account: {} for account in accounts}
    for key, measure in MEASURES.items():
        for account, reading in measure.read(accounts, as_of).items():
            found[account][key] = reading
    return found
