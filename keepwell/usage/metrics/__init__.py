"""What is worked out of the counts: one expression each, the same on every engine.

Each takes `Given` and answers with `account_id`, `numerator` and `denominator` (whole numbers) for every
account that was asked about: an exact fraction, so that two engines can be held against one another to the
last digit. No denominator: not applicable, or not to be said yet. Source of the formulas: the research on
customer success, section 3.2.

    given.py        what they are given
    shape.py        the one shape of their answers
    active.py       who is active, and how often of those who are at all
    frequency.py    on how many working days
    breadth.py      how many of the modules that may be used
    depth.py        how much each does
    recency.py      how long ago, by the half-life of each module
    licences.py     how many of the seats
    trend.py        against the same season
    beginnings.py   how long until it was used, and by enough
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from keepwell.usage.metrics.active import active_1, active_7, active_28, stickiness
from keepwell.usage.metrics.beginnings import first_use, first_value
from keepwell.usage.metrics.breadth import breadth
from keepwell.usage.metrics.depth import depth
from keepwell.usage.metrics.frequency import frequency
from keepwell.usage.metrics.given import Given
from keepwell.usage.metrics.licences import licences_active, licences_provisioned
from keepwell.usage.metrics.recency import recency
from keepwell.usage.metrics.trend import trend

Metric = Callable[[Given], Any]

METRICS: Mapping[str, Metric] = {
    "active_1": active_1,
    "active_7": active_7,
    "active_28": active_28,
    "stickiness": stickiness,
    "frequency": frequency,
    "breadth": breadth,
    "depth": depth,
    "recency": recency,
    "licences_provisioned": licences_provisioned,
    "licences_active": licences_active,
    "trend": trend,
    "first_value": first_value,
    "first_use": first_use,
}

__all__ = ["METRICS", "Given", "Metric"]
