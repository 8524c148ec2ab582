"""How long nobody used it, how long nobody met, and since when it is live."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from keepwell.success.health.measures import engaged
from keepwell.success.health.queries import live_accounts
from keepwell.success.signals.grammar import Asked
from keepwell.success.signals.holding import Reading
from keepwell.success.signals.readings import usage

MET, LIVE = Asked("silence.engagement"), Asked("life.days_live")


def read_silence(
    accounts: Sequence[int], as_of: datetime, asked: Collection[Asked]
) -> Mapping[int, Mapping[Asked, Reading]]:
    """Since go-live where none was ever held."""
    found: dict[int, dict[Asked, Reading]] = defaultdict(dict)
    if MET in asked:
        for account, met in engaged.read(accounts, as_of).items():
            found[account][MET] = Reading(value=met.value)
    if usage.LAST_USED in asked:
        for account, reading in usage.days_without_use(accounts, as_of).items():
            found[account][usage.LAST_USED] = reading
    return found


def read_life(
    accounts: Sequence[int], as_of: datetime, asked: Collection[Asked]
) -> Mapping[int, Mapping[Asked, Reading]]:
    today = as_of.date()
    live: Any = live_accounts(today).filter(pk__in=accounts)
    rows = live.values_list("pk", "live_on")
    return {account: {LIVE: Reading(value=Fraction((today - on).days))} for account, on in rows}
