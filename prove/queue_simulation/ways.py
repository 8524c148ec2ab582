"""Three ways to choose the next case. The first is the product's, by its own functions."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from keepwell.service_levels.budget import Budget
from keepwell.service_levels.consequence import (
    Floats,
    Stake,
    Stakes,
    at_stake,
    chances_of_miss,
    floor_of,
    stake_of,
    stakes_of,
)
from keepwell.service_levels.survival import kaplan_meier
from keepwell.service_levels.windows import MONTH, window_at
from prove.queue_simulation.clocks import CONTACTS, GUIDELINES, NEVER, month_of, opened, promise_of
from prove.queue_simulation.desk import Desk
from prove.queue_simulation.draws import HOURS, instant

DAY = 86_400
NOT_ASKED = Fraction(1)  # how fast a budget burns
Counts = NDArray[np.int64]


def first_come(desk: Desk, ready: NDArray[np.int64], _at: int) -> int:
    """Cases are numbered as they came."""
    return int(ready[0])


def earliest_due(desk: Desk, ready: NDArray[np.int64], at: int) -> int:
    """As the lists of the desk have it: what can still be kept, and contacts that are late."""
    dues = desk.clocks.due[ready]
    counts = dues >= at
    counts[:, CONTACTS] = True
    chosen = np.where(counts, dues, NEVER).min(axis=1)
    return int(ready[np.argmin(chosen)])


@dataclass(eq=False)
class ByConsequence:
    """What the periodic job of the product keeps, kept here: curves for a day, budgets for some minutes."""

    chances: list[Floats] = field(default_factory=list)
    chances_on: int = -1
    rates: list[float] = field(default_factory=list)
    stakes: Stakes = field(default_factory=lambda: stakes_of([]))
    stakes_at: int = 0
    rows: NDArray[np.int64] = field(default_factory=lambda: np.zeros(len(GUIDELINES), dtype=np.int64))

    def __call__(self, desk: Desk, ready: NDArray[np.int64], at: int) -> int:
        return int(ready[np.argmax(self.priorities(desk, ready, at))])

    def priorities(self, desk: Desk, ready: NDArray[np.int64], at: int) -> Floats:
        """Of each case that somebody could work on. Of equals the older is the first."""
        self._look_again(desk, at)
        clocks = desk.clocks
        used, is_open = clocks.used(ready, at), clocks.is_open[ready]
        is_over = ~is_open | (clocks.due[ready] < at)
        lost = at_stake(self.stakes, self.rows[clocks.guideline[ready]], used, is_over).sum(axis=1)
        silence = np.where(is_open[:, CONTACTS], used[:, CONTACTS], 0.0).max(axis=1)
        return lost + floor_of(desk.severity[ready], silence)

    def _look_again(self, desk: Desk, at: int) -> None:
        if at // DAY != self.chances_on:
            self.chances_on, self.chances, self.rates = at // DAY, _chances(desk, at), _rates(desk, at)
        if at - self.stakes_at >= desk.rules["desk"]["kept_minutes"] * 60:
            self.stakes, self.stakes_at = stakes_of(self._stakes(desk, at)), at
            self.rows = np.array([self.stakes.rows_of(one)[0] for one in GUIDELINES])

    def _stakes(self, desk: Desk, at: int) -> list[Stake]:
        window = window_at(MONTH, instant(at), HOURS.zone)
        counts = _counted(desk, int(window.begins_at.timestamp()), at)
        coming = opened(int(window.ends_at.timestamp())) - opened(at)
        found = []
        for n, promise in enumerate(GUIDELINES):
            so_far, spent = (int(count[n]) for count in counts)
            budget = Budget(
                objective=promise_of(n).objective,
                so_far=so_far,
                expected=so_far + round(self.rates[n] * coming),
                spent=spent,
                gone=NOT_ASKED,
            )
            found.append(stake_of(promise, self.chances[n], budget))
        return found


def _chances(desk: Desk, at: int) -> list[Floats]:
    """By guideline, from all clocks until now."""
    clocks = desk.clocks
    cases, metrics = np.nonzero(clocks.is_open)
    standing = np.maximum(clocks.used(cases, at)[np.arange(cases.size), metrics], 0.0)
    which = clocks.guideline[cases, metrics]
    found = []
    for n in range(len(GUIDELINES)):
        stopped, still = np.array(clocks.parts[n]), standing[which == n]
        observed = np.repeat([True, False], [stopped.size, still.size])
        found.append(chances_of_miss(kaplan_meier(np.concatenate([stopped, still]), observed)))
    return found


def _rates(desk: Desk, at: int) -> list[float]:
    """How many clocks of each guideline start in an open second."""
    clocks = desk.clocks
    since = max(opened(at) - opened(clocks.starts[0][1]), 1) if clocks.starts else 1
    return [float(count) / since for count in sum(clocks.begun.values())]


def _counted(desk: Desk, begins: int, at: int) -> tuple[Counts, Counts]:
    """Of the present month, by guideline: clocks, and those missed."""
    clocks, none = desk.clocks, np.zeros(len(GUIDELINES), dtype=np.int64)
    is_late = clocks.is_open & (clocks.due < at) & (clocks.started >= begins)
    still = np.bincount(clocks.guideline[is_late], minlength=len(GUIDELINES))
    month = month_of(at)
    return clocks.begun.get(month, none), clocks.late.get(month, none) + still
