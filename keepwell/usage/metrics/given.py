"""What metrics are worked out of: tables of the engine, told from the day that is asked about.

Days stand as how many days ago they were (`ago`, 0 is the day itself), so that every day is asked the same
query.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

WINDOW_DAYS = 28

# The tables by name, each with its columns.
COUNTS = {
    "deployment_id": "int64",
    "module_id": "int64",
    "person_key": "string",
    "ago": "int64",
    "events": "int64",
    "core_events": "int64",
}
ACCOUNTS = {"account_id": "int64"}
IN_PRODUCTION = {"deployment_id": "int64", "account_id": "int64"}
WORKED = {"account_id": "int64", "ago": "int64"}
ENTITLED = {"account_id": "int64", "module_id": "int64", "half_life_days": "int64"}
SEATS = {"account_id": "int64", "seats": "int64"}
PROVISIONED = {"account_id": "int64", "people": "int64"}
LIVE = {"account_id": "int64", "live_ago": "int64"}
HISTORY = {"account_id": "int64", "ago": "int64", "active": "int64"}


@dataclass(frozen=True, kw_only=True)
class Given:
    """`counts` are all up to the day, of which those `in_production` count.

    `worked`: the working days of the 28 that end with the day. `entitled`: the modules that may be used.
    `seats`: how many may use it, where there is a limit; `provisioned`: for how many it is set up, where it
    tells. `live`: since when. `history`: who was active in the 28 days that ended with each day, without
    gaps, from the first whole one up to the day.
    """

    accounts: Any
    counts: Any
    in_production: Any
    worked: Any
    entitled: Any
    seats: Any
    provisioned: Any
    live: Any
    history: Any

    @cached_property
    def used(self) -> Any:
        """The counts up to the day, with `account_id`."""
        return self.counts.inner_join(self.in_production, "deployment_id")

    def within(self, days: int) -> Any:
        """The counts of so many days that end with the day."""
        return self.used.filter(self.used.ago < days)

    @property
    def by_persons(self) -> Any:
        """What persons did in four weeks; what nobody in particular did is left out."""
        recent = self.within(WINDOW_DAYS)
        return recent.filter(recent.person_key != "")
