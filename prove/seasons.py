"""Does the season tell a decline from a winter? Two hundred accounts whose truth is known, for each seed.

    python -m prove.seasons [--seeds 20] [--write FILE]

Each account has 26 months. Of half of them a crew leaves every winter, not on the same day each year; on top
of that a quarter of all lose 30 % for good. Asked is, of the months that can be judged (from the 14th on), in
which of those before a decline somebody would have been called for nothing, and how many declines are found
within eight weeks; beside it a rule that holds each 28 days against the 28 before them, on the same data.
Exit code 0 only if at most 2 % of the account-months are false and at least 90 % of the declines are found.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from keepwell.usage.season import declines
from prove.record import ROOT, Record

ACCOUNTS, MONTHS, MONTH, WINDOW = 200, 26, 30, 28
DAYS = MONTHS * MONTH + WINDOW
LOSS, FOUND_WITHIN = 0.7, 56
JUDGED_FROM = 13
# Month on month, as other tools warn: a fifth less than the month before.
MONTH_ON_MONTH = Fraction(-20, 100)

Rule = Callable[[list[int], int], bool]


@dataclass(frozen=True)
class Account:
    """Who was active in each 28 days; on which day it began to lose, None: never."""

    active: list[int]
    loses_from: int | None


def month_on_month(values: list[int], day: int) -> bool:
    before = values[day - WINDOW] if day >= WINDOW else 0
    return before > 0 and Fraction(values[day], before) - 1 < MONTH_ON_MONTH


def account(chance: np.random.Generator, *, is_seasonal: bool, loses: bool) -> Account:
    day = np.arange(DAYS)
    people = np.full(DAYS, float(chance.integers(20, 200)))
    if is_seasonal:
        people *= _winters(chance, day)
    people *= (1 + chance.normal(0, 0.04)) ** (day / 365)
    # A decline of which eight weeks are seen.
    loses_from = int(chance.integers(JUDGED_FROM * MONTH, DAYS - FOUND_WITHIN - MONTH)) if loses else None
    if loses_from is not None:
        people[loses_from:] *= LOSS
    weeks = np.repeat(chance.normal(0, 0.05, DAYS // 7 + 1), 7)[:DAYS]
    daily = chance.binomial(np.maximum(people, 1).astype(int), 0.55) * np.exp(weeks)
    whole = np.cumsum(np.insert(daily, 0, 0))
    active = (whole[WINDOW:] - whole[:-WINDOW]).astype(int)
    # The first window ends with its 28th day.
    return Account(active.tolist(), None if loses_from is None else loses_from - WINDOW + 1)


def _winters(chance: np.random.Generator, day: NDArray[np.int64]) -> NDArray[np.float64]:
    depth, left = chance.uniform(0.3, 0.5), np.zeros(DAYS)
    for year in range(-1, 4):
        leaves = year * 365 + 320 + chance.normal(0, 7)
        returns = leaves + 100 + chance.normal(0, 7)
        left += np.clip((day - leaves) / 14, 0, 1) * np.clip((returns + 14 - day) / 14, 0, 1)
    return np.asarray(1 - depth * np.clip(left, 0, 1))


@dataclass
class Told:
    """What a rule said of all accounts of a seed."""

    months: int = 0
    false: int = 0
    declines: int = 0
    found: int = 0

    def add(self, one: Account, rule: Rule) -> None:
        days = len(one.active)
        until = days if one.loses_from is None else one.loses_from
        said = [rule(one.active, day) for day in range(JUDGED_FROM * MONTH, days)]
        for begins in range(JUDGED_FROM * MONTH, until - MONTH + 1, MONTH):
            self.months += 1
            self.false += any(said[begins - JUDGED_FROM * MONTH : begins + MONTH - JUDGED_FROM * MONTH])
        if one.loses_from is not None:
            begins = one.loses_from - JUDGED_FROM * MONTH
            self.declines += 1
            self.found += any(said[max(begins, 0) : begins + FOUND_WITHIN])


def of_seed(seed: int) -> dict[str, Told]:
    chance = np.random.default_rng(seed)
    rules: dict[str, Rule] = {"season": declines, "month on month": month_on_month}
    told = {name: Told() for name in rules}
    for number in range(ACCOUNTS):
        one = account(chance, is_seasonal=number % 2 == 0, loses=number % 8 < 2)
        for name, rule in rules.items():
            told[name].add(one, rule)
    return told


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--write", type=Path, default=ROOT / "docs" / "proof" / "seasons.json")
    chosen = parser.parse_args()
    record = Record()
    seeds = [of_seed(seed) for seed in range(chosen.seeds)]
    found: dict[str, dict[str, float]] = {}
    for name in seeds[0]:
        all_of = [one[name] for one in seeds]
        found[name] = {
            "false_account_months": sum(one.false for one in all_of) / sum(one.months for one in all_of),
            "worst_seed_false": max(one.false / one.months for one in all_of),
            "declines_found": sum(one.found for one in all_of) / sum(one.declines for one in all_of),
            "worst_seed_found": min(one.found / one.declines for one in all_of),
            "declines": sum(one.declines for one in all_of),
            "account_months": statistics.fmean(one.months for one in all_of) * chosen.seeds,
        }
        print(name, {key: round(value, 4) for key, value in found[name].items()}, flush=True)
    held = found["season"]["false_account_months"] <= 0.02 and found["season"]["declines_found"] >= 0.9
    record.write(chosen.write, {"seeds": chosen.seeds, "rules": found, "held": held})
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
