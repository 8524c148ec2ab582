"""What a scorecard is. A card is one version of it: another number in it is another card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction

HALF, FULL = Fraction(50), Fraction(100)


class Band(StrEnum):
    """How an account stands; high is good. INSUFFICIENT: too little is known to say."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    INSUFFICIENT = "insufficient"


class CardRefused(ValueError):
    """No score can be worked out by this card; `str()` says why."""


@dataclass(frozen=True, kw_only=True)
class Anchors:
    """The values that stand for 0, 50 and 100 points; they rise or fall throughout."""

    zero: Fraction
    half: Fraction
    full: Fraction

    def points(self, value: Fraction) -> Fraction:
        """0 to 100: straight lines between the anchors, and no further than the outer ones."""
        sign = 1 if self.full > self.zero else -1
        zero, half, full, at = (sign * one for one in (self.zero, self.half, self.full, value))
        if at <= half:
            return max(Fraction(0), HALF * (at - zero) / (half - zero))
        return min(FULL, HALF + HALF * (at - half) / (full - half))

    @property
    def are_in_order(self) -> bool:
        return self.zero < self.half < self.full or self.zero > self.half > self.full


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One thing that is looked at. `weight` counts beside the others; `good_for` is how old a reading may be.

    `caps_at`: while this measure alone is red the account's band is no better; None: it caps nothing.
    """

    weight: Fraction
    anchors: Anchors
    good_for: timedelta
    caps_at: Band | None = None


@dataclass(frozen=True, kw_only=True)
class Card:
    """A scorecard: its measures by key, and where the bands begin.

    Below `red_below` is red, below `amber_below` amber. A band is left for a better one only once the score
    is `hysteresis` above where that begins. Where less than `least_coverage` of the weight is known nothing
    is said.
    """

    measures: Mapping[str, Measure]
    red_below: Fraction = Fraction(40)
    amber_below: Fraction = Fraction(70)
    hysteresis: Fraction = Fraction(5)
    least_coverage: Fraction = Fraction(3, 5)

    def __post_init__(self) -> None:
        """Errors: CardRefused."""
        for wrong, why in self._wrongs():
            if wrong:
                raise CardRefused(why)

    def _wrongs(self) -> Sequence[tuple[bool, str]]:
        measures = self.measures.values()
        return [
            (not self.measures, "A card looks at one thing at least."),
            (any(one.weight <= 0 for one in measures), "A weight is more than nothing."),
            (not all(one.anchors.are_in_order for one in measures), "Anchors rise or fall throughout."),
            (any(one.good_for <= timedelta(0) for one in measures), "A reading is good for some time."),
            (any(one.caps_at in NO_CAP for one in measures), "A cap is red or amber."),
            (not 0 < self.red_below < self.amber_below < FULL, "Red ends below amber, and amber below 100."),
            (self.hysteresis < 0, "Hysteresis is nothing or more."),
            (self.amber_below + self.hysteresis > FULL, "Green has to be reached by 100 at the latest."),
            (not 0 <= self.least_coverage <= 1, "Coverage is between nothing and all."),
        ]


NO_CAP = {Band.GREEN, Band.INSUFFICIENT}
