"""Desks invented with a known truth: cases come evenly, some are quick and some are slow."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rules = Mapping[str, Any]
HOURS_A_DAY = 24.0


def true_share(rules: Rules, quick_share: float | None = None) -> float:
    """The share of cases that such a desk resolves within the allowance, in closed form."""
    quick = rules["quick_share"] if quick_share is None else quick_share
    allowance = rules["allowance_hours"]
    return quick * (1 - exp(-allowance / rules["quick_mean_hours"])) + (1 - quick) * (
        1 - exp(-allowance / rules["slow_mean_hours"])
    )


def starts_in(days: float, rules: Rules, draw: np.random.Generator) -> Floats:
    """When cases began, in hours from the window's begin; their number is a Poisson count."""
    return draw.uniform(0, days * HOURS_A_DAY, draw.poisson(rules["arrivals_a_day"] * days))


def durations(quick_share: Floats | float, number: int, rules: Rules, draw: np.random.Generator) -> Floats:
    """How long each case takes, in hours."""
    is_quick = draw.random(number) < quick_share
    mean = np.where(is_quick, rules["quick_mean_hours"], rules["slow_mean_hours"])
    return draw.exponential(mean)


def as_seen(starts: Floats, lasts: Floats, now: float, allowance: float) -> tuple[Floats, NDArray[np.bool_]]:
    """The part of the allowance that each clock has used by `now`, and whether it had stopped."""
    ages = now - starts
    return np.minimum(lasts, ages) / allowance, lasts <= ages
