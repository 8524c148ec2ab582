"""What is left of the hours that a customer paid for ahead, in minutes, from the lines of its ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Line(StrEnum):
    """What a line of the ledger does. A reversal takes back one use or one grant, whole."""

    GRANTED = "granted"
    USED = "used"
    REVERSED = "reversed"


@dataclass(frozen=True, kw_only=True)
class Balance:
    """Of one contract year, in minutes; `left` is less than nothing where more was approved than granted."""

    granted: int = 0
    used: int = 0

    @property
    def left(self) -> int:
        return self.granted - self.used


def balance_of(lines: Iterable[tuple[str, int, str]]) -> Balance:
    """From (what the line does, minutes, what it takes back or "")."""
    sums = {Line.GRANTED: 0, Line.USED: 0}
    for kind, minutes, taken_back in lines:
        if kind == Line.REVERSED:
            sums[Line(taken_back)] -= minutes
        else:
            sums[Line(kind)] += minutes
    return Balance(granted=sums[Line.GRANTED], used=sums[Line.USED])
