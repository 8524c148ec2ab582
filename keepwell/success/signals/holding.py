"""Whether a condition holds: yes, no, or nobody can say. Pure.

By Kleene's logic (1952): what is unknown decides nothing, unless the rest decides whatever it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from operator import eq, ge, gt, le, lt

from keepwell.success.signals.grammar import Asked, Comparison, Condition, Joined


class Holds(Enum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What was read: a number in its unit, None where nobody knows; `ids` are what it counts."""

    value: Fraction | None
    ids: tuple[int, ...] = ()


UNREAD = Reading(value=None)
COMPARED: Mapping[Comparison, Callable[[Fraction, Fraction], bool]] = {
    Comparison.AT_LEAST: ge,
    Comparison.AT_MOST: le,
    Comparison.MORE_THAN: gt,
    Comparison.LESS_THAN: lt,
    Comparison.EQUALS: eq,
}


def holds(condition: Condition, readings: Mapping[Asked, Reading]) -> Holds:
    """A reading that is missing or unknown leaves its test unknown."""
    if isinstance(condition, Joined):
        parts = (holds(part, readings) for part in condition.parts)
        return _all(parts) if condition.is_all else _any(parts)
    value = readings.get(condition.asked, UNREAD).value
    if value is None:
        return Holds.UNKNOWN
    return Holds.YES if COMPARED[condition.comparison](value, condition.number) else Holds.NO


def has_recovered(when: Condition, clears: Condition | None, readings: Mapping[Asked, Reading]) -> bool:
    """Whether the subject's own readings say that it is over: `clears` holds; None: `when` does not."""
    if clears is not None:
        return holds(clears, readings) is Holds.YES
    return holds(when, readings) is Holds.NO


def _all(parts: Iterable[Holds]) -> Holds:
    found = set(parts)
    if Holds.NO in found:
        return Holds.NO
    return Holds.UNKNOWN if Holds.UNKNOWN in found else Holds.YES


def _any(parts: Iterable[Holds]) -> Holds:
    found = set(parts)
    if Holds.YES in found:
        return Holds.YES
    return Holds.UNKNOWN if Holds.UNKNOWN in found else Holds.NO
