"""How many misses a promise still allows. Exact arithmetic: "85 %" of 20 is 17, never 17.000000000000004."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil


def must_be_met(clocks: int, objective: Decimal) -> int:
    """How many of so many clocks must be met for the objective, in percent, to hold."""
    return ceil(clocks * Fraction(objective) / 100)


def misses_allowed(clocks: int, objective: Decimal) -> int:
    """How many of so many clocks may be missed."""
    return clocks - must_be_met(clocks, objective)


@dataclass(frozen=True, kw_only=True)
class Budget:
    """What a cohort may still miss.

    so_far, expected: clocks started by now, and those expected to have started at the window's end.
    gone: the part of the window that has passed, above 0, at most 1. spent: clocks missed by now.
    """

    objective: Decimal
    so_far: int
    expected: int
    spent: int
    gone: Fraction

    @property
    def allowed_so_far(self) -> int:
        return misses_allowed(self.so_far, self.objective)

    @property
    def allowed(self) -> int:
        """Of the clocks expected at the window's end."""
        return misses_allowed(self.expected, self.objective)

    @property
    def left(self) -> int:
        """Below 0 where more was missed than the whole window allows."""
        return self.allowed - self.spent

    @property
    def burn_rate(self) -> Fraction | None:
        """1 where the budget is spent as evenly as the window passes; None where there is none to burn."""
        if self.allowed == 0:
            return None
        return Fraction(self.spent, self.allowed) / self.gone
