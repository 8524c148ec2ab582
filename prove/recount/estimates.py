"""What is estimated, by other means: curves by lifelines, the outlook by drawing. Nothing from keepwell.

The page computes the chance exactly; here the same model is played 100,000 times: every open clock is drawn,
the arrivals of every hour of the week are drawn, and the share kept among them is drawn, normal on the logit
scale with the mean and variance that the design names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from lifelines import KaplanMeierFitter
from numpy.typing import NDArray
from scipy.stats import binom, norm

from prove.recount.counting import MET, MISSED, UNDECIDED, WEEK, Counted, wilson

DRAWS = 100_000
NO_ERROR = 1e-12
FEW = 30
AT_ONCE = 5_000_000
FAR = 1e6
Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A mean of draws, and its standard error. is_chance: each draw was a yes or a no."""

    value: float
    error: float
    is_chance: bool = False
    draws: int = DRAWS

    def away(self, value: float, exact_to: float) -> float:
        """How many standard errors this lies from the nearest that the value, exact to so much, may mean.

        Of a chance the tail is exact, as among few draws it is far from the normal one: a chance of one
        in five million shows one yes among 100,000 draws in 2 % of all runs.
        """
        if not self.is_chance:
            beyond = max(0.0, abs(value - self.value) - exact_to)
            return beyond / max(self.error, NO_ERROR)
        hits = round(self.value * self.draws)
        tail = min(binom.cdf(hits, self.draws, value), binom.sf(hits - 1, self.draws, value))
        return max(0.0, float(norm.isf(tail)))


class Fitted:
    """A curve by lifelines, and how many clocks were watched where."""

    def __init__(self, used: Floats, stopped: NDArray[np.bool_]) -> None:
        self._used, self._stopped = np.minimum(used, FAR), stopped
        self._fit = KaplanMeierFitter().fit(self._used, stopped)

    def left(self, used: Floats | float) -> Floats:
        return self._fit.survival_function_at_times(used).to_numpy()

    @property
    def share(self) -> float:
        return 1.0 - float(self.left(1.0)[0])

    @property
    def stops(self) -> Floats:
        """Where at least one clock stopped, ascending."""
        table = self._fit.event_table
        return table.index.to_numpy(float)[table["observed"].to_numpy() > 0]

    def band(self, used: float) -> tuple[float, float, float]:
        """The share that has stopped, and its interval, log-log; a point where all or none has."""
        share = 1.0 - float(self.left(used * (1 + 1e-12))[0])
        if not 0.0 < share < 1.0:
            return share, share, share
        found = self._fit.confidence_interval_survival_function_
        high, low = (1.0 - float(end) for end in found.loc[: used * (1 + 1e-12)].iloc[-1])
        return share, low, high

    def watched(self, used: Floats) -> Floats:
        return self._used.size - np.searchsorted(np.sort(self._used), used, side="left").astype(float)

    @property
    def variance(self) -> float:
        """Greenwood's, of the share kept, by the table of lifelines."""
        table = self._fit.event_table[self._fit.event_table.index <= 1.0]
        died, risk = table["observed"].to_numpy(float), table["at_risk"].to_numpy(float)
        steps = np.divide(died, risk * (risk - died), out=np.zeros_like(died), where=risk > died)
        return float(self.left(1.0)[0] ** 2 * steps.sum())

    @property
    def interval(self) -> tuple[float, float]:
        """Log-log; Wilson's at the edges; up to 1 while no clock is as old as its due."""
        if 0.0 < self.share < 1.0:
            found = self._fit.confidence_interval_survival_function_
            low, high = (1.0 - float(end) for end in found.loc[:1.0].iloc[-1][::-1])
        else:
            decided = (self._used > 1.0) | self._stopped
            count = int(decided.sum())
            low, high = wilson(count if self.share == 1.0 else 0, count) if count else (0.0, 1.0)
        is_seen_whole = self.share == 1.0 or bool((self._used >= 1.0).any())
        return low, high if is_seen_whole else 1.0

    def chance(self, used: Floats) -> Floats:
        """For clocks open with so much used: (n p + 1/2) / (n + 1), p = 1 - S(1)/S(u)."""
        left = self.left(used)
        kept = 1.0 - np.divide(self.left(1.0)[0], left, out=np.ones_like(left), where=left > 0)
        watched = self.watched(used)
        return (watched * kept + 0.5) / (watched + 1.0)


def estimates_of(counted: Counted) -> dict[str, float | None]:
    """kept, without_pauses and without_later with their ends; None where there is no clock."""
    return {
        **estimate_of("kept", "used", counted.clocks),
        **estimate_of("without_pauses", "freely", counted.clocks),
        **estimate_of("without_later", "used", counted.without_later),
    }


def estimate_of(name: str, measure: str, clocks: NDArray[np.void]) -> dict[str, float | None]:
    names = name, f"{name}_low", f"{name}_high"
    if not clocks.size:
        return dict.fromkeys(names)
    fitted = Fitted(clocks[measure], clocks["is_stopped"])
    return dict(zip(names, (fitted.share, *fitted.interval), strict=True))


def outlook_of(counted: Counted, at: int, seed: int, draws: int = DRAWS) -> dict[str, Drawn | None]:
    """The chance that the objective will have been met, and the share expected."""
    coming = np.array([float(mean) for mean in counted.coming])
    if not counted.clocks.size and not coming.sum():
        return {"chance": None, "expected_share": None}
    chance = np.random.default_rng(seed)
    state = counted.clocks["state"]
    is_met, is_missed = int((state == MET).sum()), int((state == MISSED).sum())
    open_clocks = counted.clocks[state == UNDECIDED]
    open_met = _open_met(_chances(counted, open_clocks["used"]), chance, draws)
    arrived, arrived_met = _arrivals(counted, coming, at, chance, draws)
    met = is_met + open_met + arrived_met
    total = is_met + is_missed + open_clocks.size + arrived
    objective = counted.objective
    good = (met * objective.denominator >= total * objective.numerator).astype(float)
    return {"chance": _mean(good), "expected_share": _ratio(met.astype(float), total.astype(float))}


def _chances(counted: Counted, used: Floats) -> Floats:
    year = counted.year if counted.year.size >= FEW else counted.all_severities
    if not used.size or not year.size:
        return np.full(used.size, 0.5)
    return Fitted(year["used"], year["is_stopped"]).chance(used)


def _open_met(chances: Floats, chance: np.random.Generator, draws: int) -> NDArray[np.int64]:
    found = np.zeros(draws, dtype=np.int64)
    size = max(AT_ONCE // max(chances.size, 1), 1)
    for first in range(0, draws, size):
        there = found[first : first + size]
        there += (chance.random((there.size, chances.size)) < chances).sum(axis=1)
    return found


def _arrivals(
    counted: Counted, coming: Floats, at: int, chance: np.random.Generator, draws: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many start in each draw, hour by hour, and how many of them are met."""
    arrived = np.zeros(draws, dtype=np.int64)
    for mean in coming:
        arrived += chance.poisson(mean, draws)
    if not arrived.any():
        return arrived, arrived
    kept = Fitted(counted.year["used"], counted.year["is_stopped"])
    weeks_left = max((counted.window.ends - at) / WEEK, 1.0)
    phi, between = _weekly(counted.year, at)
    variance = kept.variance * max(1.0, phi) + between / weeks_left
    shares = _uncertain(kept.share, variance, chance, draws)
    return arrived, chance.binomial(arrived, shares)


def _uncertain(share: float, variance: float, chance: np.random.Generator, draws: int) -> Floats:
    """Shares normal on the logit scale; its middle is found by halving, so that the mean is the share."""
    if not 0.0 < share < 1.0 or variance == 0.0:
        return np.full(draws, share)
    spread = sqrt(variance) / (share * (1.0 - share))
    standard = np.random.default_rng(7).standard_normal(200_000)
    standard = np.concatenate([standard, -standard])
    low, high = -60.0, 60.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        is_above = float(np.mean(_logistic(middle + spread * standard))) > share
        low, high = (low, middle) if is_above else (middle, high)
    return _logistic(middle + spread * chance.standard_normal(draws))


def _weekly(year: NDArray[np.void], at: int) -> tuple[float, float]:
    """How much more the weeks differ than by chance (Pearson), and the variance that chance leaves open."""
    pairs = list(_weeks(year, at))
    decided = sum(of for _met, of in pairs)
    share = sum(met for met, _of in pairs) / decided if decided else 0.0
    alone = share * (1.0 - share)
    if len(pairs) < 2 or alone == 0.0:
        return 1.0, 0.0
    square = sum((met - of * share) ** 2 / (of * alone) for met, of in pairs)
    freedom = len(pairs) - 1
    reach = decided - sum(of * of for _met, of in pairs) / decided
    return square / freedom, max(0.0, (square - freedom) * alone / reach)


def _weeks(year: NDArray[np.void], at: int) -> Iterator[tuple[int, int]]:
    """Met and decided of each seven days back from now; the last seven days are too young."""
    week = (at - year["started"]) // WEEK
    is_decided = (year["state"] == MET) | (year["state"] == MISSED)
    for number in np.unique(week[is_decided & (week >= 1)]):
        there = year[is_decided & (week == number)]
        yield int((there["state"] == MET).sum()), len(there)


def _logistic(value: Any) -> Any:
    return 1.0 / (1.0 + np.exp(-value))


def _mean(values: Floats) -> Drawn:
    error = float(values.std() / sqrt(values.size))
    return Drawn(value=float(values.mean()), error=error, is_chance=True, draws=values.size)


def _ratio(met: Floats, total: Floats) -> Drawn:
    """The mean number met over the mean number of all, with the error of such a ratio."""
    ratio = float(met.mean() / total.mean())
    error = float((met - ratio * total).std() / total.mean() / sqrt(met.size))
    return Drawn(value=ratio, error=error, draws=met.size)
