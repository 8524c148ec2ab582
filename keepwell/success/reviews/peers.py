"""An account beside others of its segment, in a way that none of them can be told from it.

Only the median and the quartiles are given, of at least five other accounts, never who is highest or lowest.
Whoever reads several reviews could compare their groups: so a group is given only where no combination of all
that the same readers were given holds fewer than five accounts together or apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from statistics import quantiles

FEWEST = 5
Group = frozenset[int]


class Hidden(StrEnum):
    """Why there is nothing to compare with."""

    NO_SEGMENT = "no_segment"
    NOT_KNOWN = "not_known"
    TOO_FEW = "too_few"
    COULD_BE_SUBTRACTED = "could_be_subtracted"


@dataclass(frozen=True, kw_only=True)
class Compared:
    """The account's own figure, and those of the group; `group` is for us to compare later groups with."""

    own: Fraction
    lower: Fraction
    median: Fraction
    upper: Fraction
    group: Group

    @property
    def place(self) -> str:
        """Where it stands: "below", "lower", "upper" or "above" the middle half."""
        if self.own < self.lower:
            return "below"
        if self.own > self.upper:
            return "above"
        return "lower" if self.own < self.median else "upper"


def compared(
    own: Fraction | None, others: Mapping[int, Fraction], given: Iterable[Group]
) -> Compared | Hidden:
    """`others`: what is known of other accounts, without any that the readers see themselves. `given`: the
    groups of this figure that the same readers were given before, the last one last.

    Where too few joined since to be given, they are left out: the group stays that of the last time.
    """
    if own is None:
        return Hidden.NOT_KNOWN
    if len(others) < FEWEST:
        return Hidden.TOO_FEW
    before = list(given)
    candidates = [frozenset(others), *(one for one in before[-1:] if one <= others.keys())]
    group = next((one for one in candidates if is_safe([*before, one])), None)
    if group is None:
        return Hidden.COULD_BE_SUBTRACTED
    lower, median, upper = quartiles([others[one] for one in group])
    return Compared(own=own, lower=lower, median=median, upper=upper, group=group)


def is_safe(groups: Collection[Group]) -> bool:
    """Whether every part that these groups can be taken apart into holds five accounts or more.

    A part is what is in the same of the groups: whatever is added and subtracted, nothing smaller comes of
    it.
    """
    parts = Counter(tuple(account in group for group in groups) for account in frozenset().union(*groups))
    return all(size >= FEWEST for size in parts.values())


def quartiles(figures: Collection[Fraction]) -> tuple[Fraction, Fraction, Fraction]:
    """Lower quartile, median and upper quartile, exact; between two figures in proportion (R's type 7)."""
    lower, median, upper = quantiles(sorted(figures), n=4, method="inclusive")
    return Fraction(lower), Fraction(median), Fraction(upper)
