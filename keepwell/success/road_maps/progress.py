"""How far a measure is on its way, and how many actions are done: two figures that are never made one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from keepwell.success.road_maps.states import ActionState, Direction


@dataclass(frozen=True, kw_only=True)
class Way:
    """From where to where a measure is to go, and by when."""

    direction: str
    baseline: Decimal
    baseline_on: date
    target: Decimal
    target_on: date

    @property
    def is_sound(self) -> bool:
        """Whether the target lies in its direction, and after the baseline."""
        goes_up = self.target > self.baseline
        right_way = goes_up if self.direction == Direction.UP else self.target < self.baseline
        return right_way and self.target_on > self.baseline_on


def position(way: Way, value: Decimal) -> Fraction:
    """The share of the way: 0 at the baseline, 1 at the target, less or more beyond them."""
    return Fraction(value - way.baseline) / Fraction(way.target - way.baseline)


def is_reached(way: Way, value: Decimal) -> bool:
    return value >= way.target if way.direction == Direction.UP else value <= way.target


def expected(way: Way, on: date) -> Fraction:
    """Where it would be on this day if it went evenly: from 0 to 1."""
    days = Fraction((on - way.baseline_on).days, (way.target_on - way.baseline_on).days)
    return min(max(days, Fraction(0)), Fraction(1))


@dataclass(frozen=True, kw_only=True)
class Completion:
    """How many actions are done of those that were not dropped; `late`: open past their day."""

    done: int = 0
    total: int = 0
    late: int = 0

    @property
    def share(self) -> Fraction | None:
        """None where there is none."""
        return Fraction(self.done, self.total) if self.total else None


def completion(actions: Iterable[tuple[str, date | None]], on: date) -> Completion:
    """From (state, due day or None) of each."""
    counted = [(state, due_on) for state, due_on in actions if state != ActionState.DROPPED]
    done = sum(1 for state, _due_on in counted if state == ActionState.DONE)
    late = sum(1 for state, due_on in counted if is_late(state, due_on, on))
    return Completion(done=done, total=len(counted), late=late)


def is_late(state: str, due_on: date | None, on: date) -> bool:
    """Whether it is open after its day."""
    is_open = state not in (ActionState.DONE, ActionState.DROPPED)
    return is_open and due_on is not None and due_on < on
