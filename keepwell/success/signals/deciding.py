"""Whether a signal is opened or cleared. Pure: the same readings decide the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from keepwell.success.signals.grammar import Asked
from keepwell.success.signals.holding import Holds, Reading, has_recovered, holds
from keepwell.success.signals.terms import Terms


@dataclass(frozen=True, kw_only=True)
class Past:
    """What there was of a subject: `live_days` None where going live means nothing for it.

    `ended_at` is when its last signal under the same key ended; None: there was none.
    """

    live_days: int | None = None
    ended_at: datetime | None = None


def opens(terms: Terms, readings: Mapping[Asked, Reading], past: Past, as_of: datetime) -> bool:
    """Whether a subject without an open signal gets one of what was read as of an instant."""
    if past.live_days is not None and past.live_days < terms.from_days:
        return False
    # Also without a cooldown: what was read before the end says nothing about the time since.
    if past.ended_at is not None and past.ended_at + timedelta(days=terms.cooldown_days) > as_of:
        return False
    return holds(terms.when, readings) is Holds.YES


def clears(
    terms: Terms, readings: Mapping[Asked, Reading], *, opened_as_of: datetime, as_of: datetime
) -> bool:
    """Whether an open signal is over, by the terms that it was opened under and by newer readings alone."""
    return opened_as_of < as_of and has_recovered(terms.when, terms.clears, readings)
