"""What a chart's table and sentence have to say, in figures as people read them. Nothing from keepwell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Label = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Rounded:
    """A figure that is printed with so many decimals."""

    value: float
    decimals: int = 2

    def is_told_by(self, printed: float) -> bool:
        return abs(printed - self.value) <= 0.5 * 10**-self.decimals + 1e-9


@dataclass(frozen=True, kw_only=True)
class Pictured:
    """rows: the figures of each row of the table, by the words that stand in it. said: the numbers in the
    sentence, in their order."""

    rows: Mapping[Label, Sequence[Any]]
    said: Sequence[str]


def simple(counts: Mapping[str, Any]) -> dict[Label, list[Any]]:
    return {(name,): [count] for name, count in counts.items()}


def count_said(count: int) -> str:
    return f"{count:,}"


def share_said(part: float) -> str:
    """In percent; what is nearly all or nearly nothing is not called so."""
    if 0 < part < 1:
        part = min(max(part, 0.001), 0.999)
    percent = Decimal(str(float(part) * 100)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{percent.to_integral()}%" if percent == percent.to_integral() else f"{percent}%"


def hour_said(hour: int) -> list[str]:
    return [f"{hour:02d}", "00"]


def day_label(on: date) -> str:
    return f"{on.day} {on:%b %Y}"
