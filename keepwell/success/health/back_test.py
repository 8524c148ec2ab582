"""Whether health foretold how renewals ended: losses by band, and how well scores tell losses from the rest.

Pure: how each renewal ended, and what was said of it so many days before, are given. Few customers are lost,
so every figure comes with the interval that holds it 19 times of 20; below a number of losses nobody should
turn a weight by them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from keepwell.service_levels.survival import Z, wilson
from keepwell.success.health.cards import Band

# Weights turned by fewer follow chance. Source: the half-width of the interval at 50 losses, some .06.
LOSSES_TO_TUNE = 50
# Halvings until the ends of an interval are exact to what a float holds.
HALVINGS = 60


@dataclass(frozen=True, kw_only=True)
class Renewal:
    """A renewal that ended, and what the last snapshot said so many days before.

    `score` and `trend` (the usage trend alone, for comparison) are None where nothing was known then.
    `warned_days` is how long before the end the account was first red and stayed so; None: it was not.
    """

    band: Band
    score: Fraction | None
    trend: Fraction | None
    is_lost: bool
    warned_days: int | None = None


@dataclass(frozen=True, kw_only=True)
class Rate:
    """How many of so many were lost; `low` to `high` is the 95 % interval of the share (Wilson, 1927)."""

    lost: int
    of: int
    low: float
    high: float

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.lost, self.of) if self.of else None


@dataclass(frozen=True, kw_only=True)
class Area:
    """The chance that of a lost and a kept account, taken at random, the lost one had the lower number.

    A half is what tossing a coin gives. None where nobody was lost, or nobody kept.
    """

    value: float
    low: float
    high: float
    lost: int
    kept: int


@dataclass(frozen=True, kw_only=True)
class BackTest:
    """`by_score` beside `by_trend`, the plain rule that any score has to beat. `warned_days` is the median of
    the lost accounts that were red before; None where none was."""

    bands: dict[Band, Rate]
    by_score: Area | None
    by_trend: Area | None
    lost: int
    of: int
    warned: int
    warned_days: float | None

    @property
    def may_tune(self) -> bool:
        return self.lost >= LOSSES_TO_TUNE


def back_test(renewals: Sequence[Renewal]) -> BackTest:
    """What the snapshots of these renewals were worth."""
    lost = [one for one in renewals if one.is_lost]
    warned = [one.warned_days for one in lost if one.warned_days is not None]
    return BackTest(
        bands={band: _rate([one for one in renewals if one.band is band]) for band in Band},
        by_score=_area(renewals, lambda one: one.score),
        by_trend=_area(renewals, lambda one: one.trend),
        lost=len(lost),
        of=len(renewals),
        warned=len(warned),
        warned_days=float(np.median(warned)) if warned else None,
    )


def _rate(renewals: Sequence[Renewal]) -> Rate:
    lost, of = sum(one.is_lost for one in renewals), len(renewals)
    low, high = wilson(lost, of)
    return Rate(lost=lost, of=of, low=low, high=high)


def _area(renewals: Sequence[Renewal], number: Callable[[Renewal], Fraction | None]) -> Area | None:
    known = [(float(found), one.is_lost) for one in renewals if (found := number(one)) is not None]
    lost = np.sort(np.array([found for found, is_lost in known if is_lost]))
    kept = np.sort(np.array([found for found, is_lost in known if not is_lost]))
    if not lost.size or not kept.size:
        return None
    # Of each kept one: the lost ones below it count whole, those beside it half.
    below, at_most = np.searchsorted(lost, kept, "left"), np.searchsorted(lost, kept, "right")
    value = float((below + at_most).sum() / 2 / (lost.size * kept.size))
    low, high = area_interval(value, lost.size, kept.size)
    return Area(value=value, low=low, high=high, lost=lost.size, kept=kept.size)


def area_interval(value: float, lost: int, kept: int) -> tuple[float, float]:
    """The 95 % interval of an area, also where all are told apart. Source: Newcombe (2006), method 5.

    The ends are the areas from which the found one lies as far as chance reaches 19 times of 20.
    """

    def is_within(area: float) -> bool:
        return (value - area) ** 2 <= Z * Z * _variance(area, lost, kept)

    return _end(is_within, value, 0.0), _end(is_within, value, 1.0)


def _variance(area: float, lost: int, kept: int) -> float:
    """Of an area counted from so many pairs; the scores exponential (Hanley and McNeil, 1982)."""
    beside = (lost + kept) / 2 - 1
    spread = 1 + beside * ((1 - area) / (2 - area) + area / (1 + area))
    return area * (1 - area) * spread / (lost * kept)


def _end(is_within: Callable[[float], bool], inside: float, outside: float) -> float:
    """Where the interval ends, between an area within it and the end of the scale."""
    if is_within(outside):
        return outside
    for _halving in range(HALVINGS):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if is_within(middle) else (inside, middle)
    return inside
