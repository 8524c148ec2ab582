"""How large a share of promises is kept, told without lying about those that are still open.

A clock's duration is the part of its allowance that it used: 1 is the due, whatever the allowance. A clock
that stopped was observed there; one that is still open is censored where it stands. The share kept is then
1 - S(1), with S the survival curve of Kaplan and Meier (1958). Pure: arrays in, values out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
DUE = 1.0
# The two-sided 95 % point of the normal distribution.
Z = 1.959963984540054


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A share in 0..1 with the interval that holds it 19 times of 20, and the variance of the share."""

    share: float
    low: float
    high: float
    variance: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Curve:
    """The part of clocks not yet stopped, as a right-continuous step function of the allowance used.

    times: where at least one clock stopped, ascending, distinct; empty where none has.
    at_risk: how many clocks were still watched just before each; stopped: how many stopped there.
    size: how many clocks in all. points: where a clock stopped or is open, ascending, distinct; watched: how
    many used at least that much.
    """

    times: Floats
    at_risk: Floats
    stopped: Floats
    size: int
    points: Floats
    watched: Floats

    @cached_property
    def survival(self) -> Floats:
        """The value from each time on. By logarithms it would lose the exact 0 at the end."""
        return np.asarray(np.cumprod(1.0 - self.stopped / self.at_risk), dtype=np.float64)

    @cached_property
    def _hazards(self) -> Floats:
        """Greenwood's sum; a step to 0 adds nothing, for the variance is 0 there whatever the sum."""
        left = self.at_risk - self.stopped
        steps = np.divide(self.stopped, self.at_risk * left, out=np.zeros_like(left), where=left > 0)
        return np.cumsum(steps)

    @cached_property
    def variance(self) -> Floats:
        """Greenwood's variance of `survival`, at each time."""
        return self.survival**2 * self._hazards

    @cached_property
    def interval(self) -> tuple[Floats, Floats]:
        """Lower and upper end of the 95 % interval of `survival` on the log-log scale, at each time."""
        return log_log_interval(self.survival, self._hazards)

    def at(self, used: ArrayLike) -> Floats:
        """The part not yet stopped when this much is used; 1 before the first stop."""
        return self._step(self.survival, used, 1.0)

    def variance_at(self, used: ArrayLike) -> Floats:
        return self._step(self.variance, used, 0.0)

    def at_risk_at(self, used: ArrayLike) -> Floats:
        """How many clocks used at least this much: what anything said of that point rests on."""
        place = np.searchsorted(self.points, np.asarray(used, dtype=float), side="left")
        return np.concatenate((self.watched, [0.0]))[place]

    @cached_property
    def kept(self) -> Estimate:
        """The share that stopped at or before the due.

        Where no clock, or every one, has stopped by the due, the log-log interval shrinks to a point that
        the sample does not bear; Wilson's for as many clocks as were watched to the end stands there. While
        none is as old as its due, the share is what is kept at least, and the interval reaches up to 1.
        """
        survival, variance = float(self.at(DUE)), float(self.variance_at(DUE))
        if 0.0 < survival < 1.0:
            low, high = share_interval(1.0 - survival, variance)
        else:
            watched = int(self.stopped[self.times <= DUE].sum() + self.at_risk_at(np.nextafter(DUE, 2)))
            low, high = wilson(watched if survival == 0.0 else 0, watched)
        is_seen_whole = survival == 0.0 or self.at_risk_at(DUE) > 0
        return Estimate(share=1.0 - survival, low=low, high=high if is_seen_whole else 1.0, variance=variance)

    def chance_to_be_kept(self, used: ArrayLike) -> Floats:
        """For clocks still open with this much used: the chance that each stops by its due.

        1 - S(1)/S(u), drawn towards one half by half a clock, (n p + 1/2)/(n + 1) with n the clocks watched
        at u, so that it is never certain and is one half where nothing is known. 0 past the due.
        """
        used = np.asarray(used, dtype=float)
        reached = self.at(used)
        kept = 1.0 - np.divide(self.at(DUE), reached, out=np.ones_like(reached), where=reached > 0)
        watched = self.at_risk_at(used)
        return np.where(used > DUE, 0.0, (watched * kept + 0.5) / (watched + 1.0))

    def _step(self, values: Floats, used: ArrayLike, before: float) -> Floats:
        place = np.searchsorted(self.times, np.asarray(used, dtype=float), side="right")
        return np.concatenate(([before], values))[place]


def kaplan_meier(durations: ArrayLike, observed: ArrayLike) -> Curve:
    """The curve of these clocks. Agrees with `lifelines` to 1e-9.

    durations: one for each clock, at least 0, in any order; infinity is allowed. observed: whether it stopped
    there; else it is open there. Where some stop and some are open at the same point, those that stopped
    come first: the open ones were still watched. No clocks at all: a curve that is 1 everywhere.
    Errors: ValueError for a negative duration, for one that is no number, for lengths that differ.
    """
    lasted = np.asarray(durations, dtype=float)
    stops = np.asarray(observed, dtype=bool)
    if lasted.ndim != 1 or lasted.shape != stops.shape:
        raise ValueError("There must be one duration and one observation for each clock, in a row.")
    if not np.all(lasted >= 0):
        raise ValueError("A duration is 0 or more.")
    points, there = np.unique(lasted, return_counts=True)
    stopped_at, count = np.unique(lasted[stops], return_counts=True)
    stopped = np.zeros(points.size)
    stopped[np.searchsorted(points, stopped_at)] = count
    return curve_of_counts(points, stopped, there - stopped)


def curve_of_counts(points: ArrayLike, stopped: ArrayLike, still_open: ArrayLike) -> Curve:
    """The curve of clocks that are counted: how many stopped, and how many are open, at each of these points.

    points: ascending and distinct, at least 0.
    """
    at = np.asarray(points, dtype=float)
    stops = np.asarray(stopped, dtype=float)
    there = stops + np.asarray(still_open, dtype=float)
    watched = np.cumsum(there[::-1])[::-1]
    is_step = stops > 0
    return Curve(
        times=at[is_step],
        at_risk=watched[is_step],
        stopped=stops[is_step],
        size=int(there.sum()),
        points=at,
        watched=watched,
    )


def together(curves: Sequence[Curve]) -> Estimate | None:
    """The share kept by several populations together: the mean of their curves weighted by their sizes.

    None where there is no clock at all.
    """
    size = sum(curve.size for curve in curves)
    parts = [curve for curve in curves if curve.size]
    if not parts:
        return None
    if len(parts) == 1:
        return parts[0].kept
    share = sum(curve.kept.share * curve.size for curve in parts) / size
    variance = sum(curve.kept.variance * curve.size**2 for curve in parts) / size**2
    if not (0.0 < share < 1.0 and variance > 0.0):
        low = sum(curve.kept.low * curve.size for curve in parts) / size
        high = sum(curve.kept.high * curve.size for curve in parts) / size
        return Estimate(share=share, low=low, high=high, variance=variance)
    low, high = share_interval(share, variance)
    return Estimate(share=share, low=low, high=high, variance=variance)


def share_interval(share: float, variance: float) -> tuple[float, float]:
    """Ends of the 95 % interval of a share kept, itself not 0 or 1, on the log-log scale of 1 - share."""
    left = 1.0 - share
    low, high = log_log_interval(np.array([left]), np.array([variance / left**2]))
    return 1.0 - float(high[0]), 1.0 - float(low[0])


def log_log_interval(survival: Floats, hazards: Floats) -> tuple[Floats, Floats]:
    """Ends of the 95 % interval of a survival whose logarithm has this variance, never outside 0..1.

    At 0 and 1 the scale ends and the interval is the point itself.
    """
    inner = (survival > 0.0) & (survival < 1.0)
    logs = np.log(survival, out=np.full_like(survival, -1.0), where=inner)
    spread = Z * np.sqrt(hazards) / logs
    middle = np.log(-logs)
    low, high = np.exp(-np.exp(middle - spread)), np.exp(-np.exp(middle + spread))
    return np.where(inner, low, survival), np.where(inner, high, survival)


def wilson(kept: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval (1927) of a share counted from so many; (0, 1) where nothing was counted."""
    if of == 0:
        return 0.0, 1.0
    share, weight = kept / of, Z * Z / of
    middle = (share + weight / 2) / (1 + weight)
    reach = Z * np.sqrt(share * (1 - share) / of + weight / (4 * of)) / (1 + weight)
    # At the ends of the scale the formula gives the end itself, but for rounding.
    return 0.0 if kept == 0 else float(middle - reach), 1.0 if kept == of else float(middle + reach)


def poisson_binomial(chances: ArrayLike) -> Floats:
    """The exact distribution of how many of these independent chances come true: index k holds P(k).

    By halves, the small ones all in one go: only sums of positive terms, so that small probabilities keep
    their digits; what is rarer than 1e-40 is 0, so that fifty thousand chances take a moment.
    Errors: ValueError for a chance outside 0..1.
    """
    each = np.asarray(chances, dtype=float)
    if not np.all((each >= 0.0) & (each <= 1.0)):
        raise ValueError("A chance lies between 0 and 1.")
    # A row for each block of chances, and the count it begins at; joined two by two until one is left.
    rows: list[tuple[int, Floats]] = [(0, row) for row in _of_blocks(each)]
    while len(rows) > 1:
        pairs = [_joined(rows[i], rows[i + 1]) for i in range(0, len(rows) - 1, 2)]
        rows = pairs + ([rows[-1]] if len(rows) % 2 else [])
    found = np.zeros(each.size + 1)
    first, chances_of = rows[0] if rows else (0, np.array([1.0]))
    matter = chances_of[: found.size - first]
    found[first : first + matter.size] = matter
    return found


# Joined as arrays; above, the lengths differ by what is too rare to matter.
BLOCK = 32


def _of_blocks(chances: Floats) -> Floats:
    """The distribution of each block of BLOCK chances, a row each; the last one is filled up with zeros."""
    padded = np.append(chances, np.zeros(-chances.size % BLOCK))
    rows = np.stack([1.0 - padded, padded], axis=1)
    for _level in range(BLOCK.bit_length() - 1):
        rows = _pairs_joined(rows[0::2], rows[1::2])
    return rows


def _pairs_joined(ones: Floats, others: Floats) -> Floats:
    length = ones.shape[1]
    found = np.zeros((ones.shape[0], 2 * length - 1))
    for shift in range(length):
        found[:, shift : shift + length] += ones[:, shift, None] * others
    return found


def _joined(one: tuple[int, Floats], other: tuple[int, Floats]) -> tuple[int, Floats]:
    both = np.convolve(one[1], other[1])
    matter = np.flatnonzero(both > 1e-40)
    return one[0] + other[0] + int(matter[0]), both[matter[0] : matter[-1] + 1]
