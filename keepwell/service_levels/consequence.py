"""Which case next: the one that loses most if nobody acts, and none so hopeless that it is left to rot.

Of each open clock: the chance that it is missed if nobody acts, by the curve of its guideline, times what a
miss costs that guideline; of a clock that several guidelines hold, the sum over them. A case has the sum of
its clocks; one that is missed already has nothing more to lose. To that is added what rises with the silence
towards the customer, without bound: whatever else comes, every case is the first one some time. Pure: arrays
in, values out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from keepwell.service_levels.budget import Budget
from keepwell.service_levels.survival import Curve
from keepwell.service_levels.windows import MONTH

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
# Into how many parts an allowance is divided to look up a chance: a part of a day's is seven minutes.
PARTS = 200
RISING = ("low", "normal", "high")
# What one whole allowance of silence is worth, in misses of a guideline of ordinary size, by severity.
SILENCE: Mapping[str, float] = {"low": 0.1, "normal": 0.15, "high": 0.3}
# One half where nothing is known, as `Curve.chance_to_be_kept`.
UNKNOWN = np.full(PARTS + 1, 0.5)


class Promise(NamedTuple):
    """Whose clocks a guideline watches: those of a policy's promise."""

    policy: int
    metric: str
    severity: str


class Part(NamedTuple):
    """Which cases of a promise a guideline watches, empty for all; and how a case itself stands in this."""

    product: int | None = None
    segment: str = ""
    channel: str = ""

    def holds(self, case: Part) -> bool:
        return all(mine in (None, "", its) for mine, its in zip(self, case, strict=True))


WHOLE = Part()
Cases = tuple[Promise, Part]


@dataclass(frozen=True, kw_only=True, eq=False)
class Stake:
    """What is known of a guideline just now.

    chances: by the part of the allowance that is used (index k: k / PARTS), that a clock is missed if all
    goes on as in the past year; never falling. expected: its clocks by the window's end. allowed: how many
    of them may be missed; left: how many still, below 0 where more were. window: its kind. name: how a
    guideline is called that watches a part; the promise's own words do for one that watches all.
    """

    promise: Promise
    part: Part = WHOLE
    name: str = ""
    chances: Floats
    expected: int
    allowed: int
    left: int
    window: str = MONTH

    @property
    def cost(self) -> float:
        """What one miss costs: the part of its share that the guideline loses."""
        return 1.0 / max(self.expected, 1)


def chances_of_miss(curve: Curve) -> Floats:
    """By the part used, as a `Stake` keeps them.

    What is nearer its due is never less in danger: where a few old clocks say so by chance, the chance of
    younger ones stands.
    """
    chances = 1.0 - curve.chance_to_be_kept(np.arange(PARTS + 1) / PARTS)
    return np.maximum.accumulate(chances)


def stake_of(
    promise: Promise, chances: Floats, budget: Budget, *, part: Part = WHOLE, window: str = MONTH
) -> Stake:
    """From the chances of the trailing year and the budget of the present window."""
    allowed = budget.allowed
    return Stake(
        promise=promise,
        part=part,
        chances=chances,
        expected=budget.expected,
        allowed=allowed,
        left=allowed - budget.spent,
        window=window,
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Stakes:
    """Guidelines by row, as the questions below take them. The last row stands for what nobody watches.

    costs: in misses of an ordinary guideline, so that their mean is 1.
    """

    known: Sequence[Stake]
    rows: Mapping[Promise, Sequence[int]]
    chances: Floats
    costs: Floats

    def rows_of(self, promise: Promise, case: Part = WHOLE) -> list[int]:
        """Each guideline that holds such a clock of such a case; at least one row."""
        found = [row for row in self.rows.get(promise, ()) if self.known[row].part.holds(case)]
        return found or [len(self.known)]


def stakes_of(known: Sequence[Stake]) -> Stakes:
    """What is at stake with all guidelines together; of two that watch the same cases the dearer counts."""
    by_cases = {_cases(stake): stake for stake in sorted(known, key=lambda stake: stake.cost)}
    dearest = list(by_cases.values())
    rows: dict[Promise, list[int]] = {}
    for row, stake in enumerate(dearest):
        rows.setdefault(stake.promise, []).append(row)
    return Stakes(
        known=dearest,
        rows=rows,
        chances=np.stack([*(stake.chances for stake in dearest), UNKNOWN]),
        costs=np.array([*_costs(by_cases), 1.0]),
    )


def _cases(stake: Stake) -> Cases:
    return stake.promise, stake.part


def _costs(known: Mapping[Cases, Stake]) -> list[float]:
    """A graver severity never costs less than a lesser one of the same promise and part."""
    if not known:
        return []
    mean = sum(stake.cost for stake in known.values()) / len(known)
    return [_at_least_the_lesser(cases, known) / mean for cases in known]


def _at_least_the_lesser(cases: Cases, known: Mapping[Cases, Stake]) -> float:
    promise, part = cases
    if promise.severity not in RISING:
        return known[cases].cost
    lesser = RISING[: RISING.index(promise.severity) + 1]
    same = [(promise._replace(severity=severity), part) for severity in lesser]
    return max(known[one].cost for one in same if one in known)


def at_stake(stakes: Stakes, rows: Places, used: ArrayLike, is_missed: ArrayLike) -> Floats:
    """What each of these open clocks loses if nobody acts; 0 for a missed one.

    rows: by guideline, see `Stakes.rows_of`; used: parts of their allowances. Any shape, the same for all.
    """
    lost = stakes.chances[rows, _parts(used)] * stakes.costs[rows]
    return np.where(is_missed, 0.0, lost)


def _parts(used: ArrayLike) -> NDArray[np.int64]:
    """Where in `Stake.chances` it stands."""
    return np.clip(np.asarray(used, dtype=float) * PARTS, 0, PARTS).astype(np.int64)


def floor_of(severities: Places, silence: ArrayLike) -> Floats:
    """What silence adds.

    severities: places in RISING. silence: for how many allowances of its contact each case heard nothing.
    """
    weights = np.array([SILENCE[severity] for severity in RISING])
    return np.multiply(weights[severities], silence)


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a case stands where it does. Words: `consequence_words`.

    promise: whose clock says so; None where nothing runs on the case. is_silence: because the customer has
    heard nothing since `since`; else because of what a miss at `due_at` would cost. kept: the chance that it
    is kept if nobody acts. left, allowed, name: see `Stake`; None of a promise that no guideline watches.
    """

    promise: Promise | None
    is_silence: bool
    since: datetime | None = None
    due_at: datetime | None = None
    kept: float | None = None
    left: int | None = None
    allowed: int | None = None
    window: str = MONTH
    name: str = ""


def loss_reason(
    stakes: Stakes, promise: Promise, used: float, due_at: datetime, *, case: Part = WHOLE
) -> Reason:
    """Because this clock, with this part used, loses most; told of the guideline that loses most by it."""
    rows = np.array(stakes.rows_of(promise, case))
    row = int(rows[np.argmax(at_stake(stakes, rows, used, is_missed=False))])
    kept = 1.0 - float(stakes.chances[row, _parts(used)])
    if row == len(stakes.known):
        return Reason(promise=promise, is_silence=False, due_at=due_at, kept=kept)
    stake = stakes.known[row]
    return Reason(
        promise=promise,
        is_silence=False,
        due_at=due_at,
        kept=kept,
        left=stake.left,
        allowed=stake.allowed,
        window=stake.window,
        name=stake.name,
    )


def silence_reason(promise: Promise | None, since: datetime | None, due_at: datetime | None) -> Reason:
    """Because the customer has heard nothing for so long."""
    return Reason(promise=promise, is_silence=True, since=since, due_at=due_at)
