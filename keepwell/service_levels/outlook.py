"""Whether a cohort will meet its objective when all its clocks are decided: a chance, computed, not drawn.

Three parts: what is decided, what is open, each clock with its own chance to be kept, and what is still to
start. The clocks to start are met and missed as independent Poisson counts; the share kept among them is
itself uncertain, by what the past year leaves open and by how much weeks differ, and is averaged over.
Rule: "Attainment of a cohort" in the design of service levels.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import sqrt

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from keepwell.service_levels.survival import poisson_binomial

Floats = NDArray[np.float64]
# Points at which an uncertain share is tried, in standard deviations of a normal one, and what they weigh.
# Even steps: of thousands of clocks the chance rises from 0 to 1 within so little of the share that the 21
# points of Gauss and Hermite's rule are wrong by a hundredth, and these by less than a thousandth.
NODES = np.arange(-60, 61) / 10
WEIGHTS = np.exp(-(NODES**2) / 2)
WEIGHTS = WEIGHTS / WEIGHTS.sum()
# What is rarer than this is left out of a distribution.
NEVER = 1e-15
# A chance so near to 0 or 1 is taken for it, where an uncertain share is averaged over.
SELDOM = 1e-12


@dataclass(frozen=True, kw_only=True)
class Arrivals:
    """The clocks still to start in the window.

    expected: their mean number. share: the part of them that will be kept. variance: of that share, for
    what is not known of it: see `share_variance`.
    """

    expected: float
    share: float
    variance: float = 0.0


NO_ARRIVALS = Arrivals(expected=0.0, share=1.0)


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """chance: that the objective will have been met. expected_share: of the cohort, when all is decided."""

    chance: float
    expected_share: float


def share_variance(*, greenwood: float, dispersion: float, between_weeks: float, weeks_left: float) -> float:
    """How uncertain the share kept among the clocks to come is.

    greenwood: the variance of the share in the trailing year; dispersion: how much more its weeks differ than
    chance alone would have it, taken as 1 at least; between_weeks: the variance of the weekly shares
    themselves; weeks_left: until the window ends.
    """
    return greenwood * max(1.0, dispersion) + between_weeks / max(weeks_left, 1.0)


def weekly_spread(kept: ArrayLike, decided: ArrayLike) -> tuple[float, float]:
    """How much weeks differ: their dispersion, 1 where chance alone explains it, and the variance of the
    weekly shares that chance does not explain.

    kept, decided: counts of each week; weeks in which nothing was decided are left out. (1, 0) for less than
    two weeks. Pearson's chi-square over its degrees of freedom, and the excess of it over 1 (the estimate of
    moments of DerSimonian and Laird, 1986, with equal variances within).
    """
    hits, sizes = np.asarray(kept, dtype=float), np.asarray(decided, dtype=float)
    hits, sizes = hits[sizes > 0], sizes[sizes > 0]
    if sizes.size < 2:
        return 1.0, 0.0
    share = hits.sum() / sizes.sum()
    alone = share * (1.0 - share)
    if alone == 0.0:
        return 1.0, 0.0
    square = float((sizes * (hits / sizes - share) ** 2).sum() / alone)
    freedom = sizes.size - 1
    reach = float(sizes.sum() - (sizes**2).sum() / sizes.sum())
    return square / freedom, max(0.0, (square - freedom) * alone / reach)


def outlook(
    *, met: int, missed: int, chances: ArrayLike, arrivals: Arrivals, objective: Decimal
) -> Outlook | None:
    """The chance that at least `objective` percent of all clocks are met.

    met, missed: decided by now; chances: for each undecided clock, that it will be met. 1 or 0 exactly once
    nothing can change it. None where there is no clock and none is expected.
    """
    each = np.asarray(chances, dtype=float)
    total = met + missed + each.size + arrivals.expected
    if total == 0:
        return None
    open_met = poisson_binomial(each)
    chance = _averaged(
        _shares(arrivals),
        lambda share: _chance(met, missed, open_met, arrivals.expected, share, objective),
    )
    expected_met = met + float(each.sum()) + arrivals.expected * arrivals.share
    return Outlook(chance=min(1.0, max(0.0, float(chance))), expected_share=expected_met / total)


def _averaged(shares: list[tuple[float, float]], chance_if: Callable[[float], float]) -> float:
    """Over shares in rising order, each with its weight.

    The chance rises with the share, so where it has come to 0 or to 1 it is not asked again: of thousands of
    clocks that leaves a few places.
    """
    asked = cache(lambda place: chance_if(shares[place][0]))
    first = bisect_left(range(len(shares)), SELDOM, key=asked)
    last = bisect_left(range(len(shares)), 1.0 - SELDOM, key=asked)
    between = sum(weight * asked(first + step) for step, (_, weight) in enumerate(shares[first:last]))
    return between + sum(weight for _, weight in shares[last:])


def _shares(arrivals: Arrivals) -> list[tuple[float, float]]:
    """The shares tried for the clocks to come: normal on the logit scale, of the wanted mean and variance."""
    share, variance = arrivals.share, arrivals.variance
    if arrivals.expected == 0 or variance == 0 or not 0.0 < share < 1.0:
        return [(share, 1.0)]
    spread = sqrt(variance) / (share * (1.0 - share))
    middle = _middle(share, spread)
    return list(zip(_logistic(middle + spread * NODES), WEIGHTS, strict=True))


def _middle(share: float, spread: float) -> float:
    """The middle on the logit scale that gives this mean share: the curve is bent, so it is not its logit."""
    middle = np.log(share / (1.0 - share))
    for _ in range(30):
        tried = _logistic(middle + spread * NODES)
        slope = float(WEIGHTS @ (tried * (1.0 - tried)))
        step = (float(WEIGHTS @ tried) - share) / max(slope, 1e-12)
        middle -= min(1.0, max(-1.0, step))
    return float(middle)


def _logistic(value: Floats) -> Floats:
    return 1.0 / (1.0 + np.exp(-value))


def _chance(
    met: int, missed: int, open_met: Floats, expected: float, share: float, objective: Decimal
) -> float:
    """With the share among the clocks to come known: summed over how many open ones are met, how many to
    come are missed, and how many of those to come must then be met."""
    # Without gaps: such a distribution rises to its peak and falls from there.
    is_possible = np.flatnonzero(open_met > NEVER)
    fewest_missed, coming_missed = _poisson(expected * (1.0 - share))
    fewest_met, coming_met = _poisson(expected * share)
    enough = _at_least(coming_met)
    fewest = missed + open_met.size - 1 - int(is_possible[-1]) + fewest_missed
    needed = _needed(fewest + np.arange(is_possible.size + coming_missed.size - 1), objective)
    # A row for each count of open ones that are met: the more of them, the fewer are missed.
    by_missed = sliding_window_view(needed, coming_missed.size)[::-1]
    to_come = by_missed - (met + fewest_met + is_possible)[:, None]
    kept = enough[np.clip(to_come, 0, enough.size - 1)]
    return float(open_met[is_possible] @ kept @ coming_missed)


def _needed(missed: NDArray[np.int64], objective: Decimal) -> NDArray[np.int64]:
    """How many must be met beside so many misses. Exact: whole numbers, no fractions of them."""
    share = Fraction(objective) / 100
    if share == 1:
        return np.where(missed == 0, 0, np.iinfo(np.int64).max // 4)
    odds = share / (1 - share)
    return -(-missed * odds.numerator // odds.denominator)


def _poisson(mean: float) -> tuple[int, Floats]:
    """The chances of a count and those after it, as far as they matter, and the first of these counts."""
    if mean == 0:
        return 0, np.array([1.0])
    reach = 9 * sqrt(mean) + 20
    counts = np.arange(max(0, int(mean - reach)), int(mean + reach) + 1)
    factorials = _log_factorials(int(counts[-1]).bit_length())
    return int(counts[0]), np.exp(counts * np.log(mean) - mean - factorials[counts])


@cache
def _log_factorials(bits: int) -> Floats:
    """Of all numbers of so many bits; the same few tables serve every mean."""
    return np.cumsum(np.log(np.maximum(np.arange(1 << bits), 1)))


def _at_least(chances: Floats) -> Floats:
    """Index k: that it is the k-th of these counts or a later one; 0 beyond what can happen."""
    more = np.cumsum(chances[::-1])[::-1]
    return np.concatenate(([1.0], more[1:], [0.0]))
