"""Do the intervals of the back-test hold the truth? Two thousand portfolios whose truth is known.

    python -m prove.back_test [--portfolios 2000] [--write FILE]

A portfolio has 200, 400 or 1,000 accounts of which 5 % or 10 % are lost. An account has a health nobody sees;
the score is that with noise, the trend alone with more, and the worse the health the likelier the loss. The
true loss of each band and the true area are worked out from a million accounts. Counted is in how many
portfolios the 95 % interval holds them. Exit code 0 only if it does in at least 92 % of those with 400
accounts or more, and if nobody is told to tune below fifty losses.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from keepwell.success.health.back_test import LOSSES_TO_TUNE, BackTest, Renewal, back_test
from keepwell.success.health.cards import Band
from keepwell.success.health.usual import ESTABLISHED
from prove.record import ROOT, Record

SIZES, LOSSES = (200, 400, 1000), (0.05, 0.10)
KNOWN_BY, ENOUGH, LEAST = 1_000_000, 400, 0.92
BANDS = (Band.RED, Band.AMBER, Band.GREEN)
# How much likelier a loss is made by ten points of health less.
STEEPNESS = 0.7

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Accounts:
    score: Floats
    trend: Floats
    lost: NDArray[np.bool_]

    @property
    def band(self) -> NDArray[np.int64]:
        edges = [float(ESTABLISHED.red_below), float(ESTABLISHED.amber_below)]
        return np.digitize(self.score, edges)


def accounts(chance: np.random.Generator, number: int, loss: float) -> Accounts:
    health = np.clip(chance.normal(65, 18, number), 0, 100)
    odds = _factor(loss) * np.exp(-STEEPNESS * (health - 65) / 10)
    lost = chance.random(number) < odds / (1 + odds)
    return Accounts(
        score=np.clip(health + chance.normal(0, 10, number), 0, 100),
        trend=np.clip(health + chance.normal(0, 25, number), 0, 100),
        lost=lost,
    )


@cache
def _factor(loss: float) -> float:
    """What the odds are multiplied by so that `loss` is the mean of the whole population."""
    usual = np.clip(np.random.default_rng(0).normal(65, 18, 200_000), 0, 100)
    odds = np.exp(-STEEPNESS * (usual - 65) / 10)
    low, high = 0.0, 1.0
    for _halving in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if (middle * odds / (1 + middle * odds)).mean() < loss else (low, middle)
    return low


def truth_of(loss: float) -> dict[str, float]:
    """The loss of each band and the area, of a million accounts."""
    everybody = accounts(np.random.default_rng(11), KNOWN_BY, loss)
    band = everybody.band
    found = {BANDS[at].value: float(everybody.lost[band == at].mean()) for at in range(len(BANDS))}
    lost, kept = np.sort(everybody.score[everybody.lost]), everybody.score[~everybody.lost]
    below, at_most = np.searchsorted(lost, kept, "left"), np.searchsorted(lost, kept, "right")
    return {**found, "area": float((below + at_most).mean() / 2 / lost.size)}


def looked_back(chance: np.random.Generator, size: int, loss: float) -> BackTest:
    some = accounts(chance, size, loss)
    return back_test(
        [
            Renewal(
                band=BANDS[band],
                score=Fraction(float(score)),
                trend=Fraction(float(trend)),
                is_lost=bool(lost),
            )
            for band, score, trend, lost in zip(some.band, some.score, some.trend, some.lost, strict=True)
        ]
    )


def of_kind(size: int, loss: float, portfolios: int, truth: dict[str, float]) -> dict[str, object]:
    held: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    tuned = wrongly = beaten = 0
    for number in range(portfolios):
        found = looked_back(np.random.default_rng([size, round(loss * 100), number]), size, loss)
        for band in BANDS:
            asked[band.value] += 1
            held[band.value] += found.bands[band].low <= truth[band.value] <= found.bands[band].high
        tuned += found.may_tune
        wrongly += found.may_tune != (found.lost >= LOSSES_TO_TUNE)
        if found.by_score is not None and found.by_trend is not None:
            asked["area"] += 1
            held["area"] += found.by_score.low <= truth["area"] <= found.by_score.high
            beaten += found.by_trend.value > found.by_score.value
    return {
        "accounts": size,
        "loss": loss,
        "portfolios": portfolios,
        "coverage": {name: round(held[name] / asked[name], 4) for name in asked},
        "may_tune": tuned,
        "told_wrongly_to_tune": wrongly,
        "trend_alone_was_better": beaten,
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--portfolios", type=int, default=2000)
    parser.add_argument("--write", type=Path, default=ROOT / "docs" / "proof" / "back_test.json")
    chosen = parser.parse_args()
    record, kinds = Record(), []
    truths = {loss: truth_of(loss) for loss in LOSSES}
    each = -(-chosen.portfolios // (len(SIZES) * len(LOSSES)))
    for size, loss in itertools.product(SIZES, LOSSES):
        kinds.append(of_kind(size, loss, each, truths[loss]))
        print(kinds[-1], flush=True)
    held = all(_holds(kind) for kind in kinds)
    truth = {str(loss): found for loss, found in truths.items()}
    record.write(chosen.write, {"truth": truth, "kinds": kinds, "held": held})
    return 0 if held else 1


def _holds(kind: dict[str, object]) -> bool:
    coverage = kind["coverage"]
    assert isinstance(coverage, dict)
    is_enough = kind["accounts"] >= ENOUGH  # type: ignore[operator]
    return not kind["told_wrongly_to_tune"] and (not is_enough or min(coverage.values()) >= LEAST)


if __name__ == "__main__":
    sys.exit(main())
