"""A promise as a review holds it, read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from keepwell.service_levels.models.policy import Metric, Population


@dataclass(frozen=True, kw_only=True)
class Promised:
    """What was promised then, whatever is promised now."""

    metric: str
    severity: str
    amount: Decimal
    unit: str
    objective: Decimal


def promised(row: Mapping[str, Any]) -> Promised:
    return Promised(
        metric=row["metric"],
        severity=row["severity"],
        amount=Decimal(row["amount"]),
        unit=row["unit"],
        objective=Decimal(row["objective"]),
    )


def label(one: Mapping[str, Any]) -> str:
    """High: initial contact."""
    metric = str(Metric(one["metric"]).label)
    if one["metric"] == Metric.OVERALL:
        return metric
    return f"{Population(one['severity']).label}: {metric}"
