"""The guidelines as the vendor publishes them, as data. An administrator changes them; code never does."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class CommitmentTerms:
    """One promise before it is stored: metric, severity, allowance, and the share of cases in percent."""

    metric: str
    severity: str
    amount: Decimal
    unit: str
    objective: Decimal = Decimal(100)


def _promise(metric: str, severity: str, amount: int, unit: str, objective: int = 100) -> CommitmentTerms:
    return CommitmentTerms(
        metric=metric,
        severity=severity,
        amount=Decimal(amount),
        unit=unit,
        objective=Decimal(objective),
    )


REFERENCE_NAME = "Support guidelines"

REFERENCE_COMMITMENTS = (
    _promise("initial_contact", "high", 6, "hours"),
    _promise("initial_contact", "normal", 1, "business_days"),
    _promise("initial_contact", "low", 1, "end_of_business_day"),
    _promise("follow_up", "high", 12, "hours"),
    _promise("follow_up", "normal", 48, "hours"),
    _promise("follow_up", "low", 5, "business_days"),
    _promise("resolution", "high", 24, "hours", 85),
    _promise("resolution", "normal", 5, "business_days", 80),
    _promise("resolution", "low", 14, "business_days", 95),
    _promise("overall", "any", 1, "business_days", 70),
)

REFERENCE_HOURS = {
    "timezone": "America/Chicago",
    "hours": {day: [["07:00", "19:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
    "exceptions": {},
}
