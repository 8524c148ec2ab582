"""Whether a number is low for its season, not merely lower than last month.

Crews that leave each winter are no decline, though nothing tells their leaving from one but the year before.
So a number is held against what it was at this time last year, give or take three weeks, for no winter begins
on the same day: within what it was then it has not changed, below that it has by so much. Measured by
`python -m prove.seasons`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

YEAR_DAYS, SHIFT_DAYS = 365, 21
# Thirteen months: last year at this time, and what lies around it.
ENOUGH_DAYS = YEAR_DAYS + SHIFT_DAYS + 10
# Thirteen weeks, for accounts with less history; with less than this, nothing is said.
TRAILING_DAYS = 91
DECLINE = Fraction(-15, 100)
# A week without work is none.
DECLINE_LASTS_DAYS = 7


class Basis(StrEnum):
    """What a number is held against."""

    SAME_SEASON = "same_season"
    TRAILING = "trailing"


@dataclass(frozen=True, kw_only=True)
class Season:
    """What is usual for a day: from `low` to `high`, which are one number where the basis is TRAILING."""

    low: Fraction
    high: Fraction
    basis: Basis

    def change(self, value: int) -> Fraction | None:
        """How far beyond the usual a number is, as a part of it: -1/4 is a quarter less. 0 within it.

        None where the usual is nothing: there is no part of nothing.
        """
        if self.low <= value <= self.high:
            return Fraction(0) if self.high else None
        beside = self.low if value < self.low else self.high
        return value / beside - 1 if beside else None


def season_of(values: Sequence[int], day: int) -> Season | None:
    """What is usual for the day, by the days before it; None where there are too few.

    `values` is the number of each day, such as who was active in the 28 days that ended with it, from the
    first day that was whole.
    """
    if day >= ENOUGH_DAYS:
        middle = day - YEAR_DAYS
        around = values[middle - SHIFT_DAYS : middle + SHIFT_DAYS + 1]
        return Season(low=Fraction(min(around)), high=Fraction(max(around)), basis=Basis.SAME_SEASON)
    if day < TRAILING_DAYS:
        return None
    before = sorted(values[day - TRAILING_DAYS : day])
    # An odd number of days has one in the middle.
    usual = Fraction(before[TRAILING_DAYS // 2])
    return Season(low=usual, high=usual, basis=Basis.TRAILING)


def change_on(values: Sequence[int], day: int) -> Fraction | None:
    """How far the number of a day is beyond what is usual for it; None where that cannot be said."""
    season = season_of(values, day)
    return season.change(values[day]) if season else None


def declines(values: Sequence[int], day: int) -> bool:
    """Whether it has been clearly below the usual for a week that ends with the day."""
    if day < DECLINE_LASTS_DAYS - 1:
        return False
    week = range(day - DECLINE_LASTS_DAYS + 1, day + 1)
    return all((change := change_on(values, one)) is not None and change < DECLINE for one in week)
