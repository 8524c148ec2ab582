"""What is promised from an instant on: allowances per metric and severity, and the hours they count in.

One `Terms` is one policy version with one calendar version. A clock keeps the terms that were in force
when it started, whatever is edited later (service levels, rule 2).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from keepwell.calendars.working_time import WorkingTime

INITIAL_CONTACT = "initial_contact"
FOLLOW_UP = "follow_up"
RESOLUTION = "resolution"
OVERALL = "overall"
METRICS = (INITIAL_CONTACT, FOLLOW_UP, RESOLUTION, OVERALL)

ALL_SEVERITIES = "any"
RANKS: Mapping[str, int] = {"low": 0, "normal": 1, "high": 2}
"""How grave a severity is. `any` has no rank: no severity change touches a clock for all severities."""

PAUSING = frozenset((FOLLOW_UP, RESOLUTION, OVERALL))
"""Metrics that pause while waiting on the customer, unless the policy switches one off."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Allowance:
    """How long a promise gives: an amount and one of the four units of service levels."""

    amount: int | float | Decimal
    unit: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """The promises in force from an instant on.

    `key` is an opaque id of the pair (policy version, calendar version); clocks carry it. `allowances` is
    keyed by (metric, severity), the severity being `any` where one promise holds for all. Initial contact
    never pauses, whatever `pauses` says.
    """

    key: Any
    working_time: WorkingTime
    allowances: Mapping[tuple[str, str], Allowance]
    pauses: frozenset[str] = field(default=PAUSING)

    def commitment(self, metric: str, severity: str) -> tuple[str, Allowance] | None:
        """The population and the allowance of a new clock; None where nothing is promised."""
        own = self.allowances.get((metric, severity))
        if own is not None:
            return severity, own
        for_all = self.allowances.get((metric, ALL_SEVERITIES))
        return None if for_all is None else (ALL_SEVERITIES, for_all)

    def has_pauses(self, metric: str) -> bool:
        """Whether a clock of this metric stands still while the customer is waited for."""
        return metric in self.pauses and metric != INITIAL_CONTACT
