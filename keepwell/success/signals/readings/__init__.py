"""What is read of accounts, of people there and of sources, as of an instant: few queries for many at once.

One file a matter. Each gives, for those it was asked about, the readings it can; what it leaves out is
unknown. Add one: its line in `grammar.READINGS`, and a file here or a line in one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from keepwell.success.signals.grammar import READINGS, Asked, Scope
from keepwell.success.signals.holding import Reading
from keepwell.success.signals.readings import (
    cases,
    contracts,
    feeds,
    health,
    meetings,
    road_maps,
    roles,
    usage,
)

Found = Mapping[int, Mapping[Asked, Reading]]
Read = Callable[[Sequence[int], datetime, Collection[Asked]], Found]

OF_ACCOUNTS: Mapping[str, Read] = {
    "cases": cases.read,
    "contract": contracts.read,
    "health": health.read,
    "life": meetings.read_life,
    "road_map": road_maps.read,
    "silence": meetings.read_silence,
    "usage": usage.read,
}


def read_accounts(
    accounts: Sequence[int], as_of: datetime, asked: Collection[Asked]
) -> dict[int, dict[Asked, Reading]]:
    """Of each account all that is asked for of accounts and can be read."""
    found: dict[int, dict[Asked, Reading]] = {account: {} for account in accounts}
    matters: dict[str, set[Asked]] = defaultdict(set)
    for one in asked:
        if one.reading in READINGS and READINGS[one.reading].scope is Scope.ACCOUNT:
            matters[one.reading.partition(".")[0]].add(one)
    for matter, of_it in matters.items():
        for account, readings in OF_ACCOUNTS[matter](accounts, as_of, of_it).items():
            found[account].update(readings)
    return found


read_people = roles.read
read_sources = feeds.read
