"""How an account is together with all that stand below it, in the way that was declared for it. Pure.

Worst: the worst band of those that are known. By seats or by revenue: the mean of the scores, each weighing
what its account does; the band follows from that mean alone. Whoever is not known weighs nothing and is
counted as missing; where less than `least_coverage` of the weight is known nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from keepwell.success.health.bands import ORDER
from keepwell.success.health.cards import Band


class Way(StrEnum):
    """How accounts count in the whole."""

    WORST = "worst"
    SEATS = "seats"
    REVENUE = "revenue"


@dataclass(frozen=True, kw_only=True)
class Part:
    """One account. `score` None: too little is known. `weight` None: it cannot be weighed (seats without a
    limit, nothing paid, another currency).
    """

    account: int
    band: Band
    score: Fraction | None
    weight: int | None


@dataclass(frozen=True, kw_only=True)
class Whole:
    """`score` None: nothing is said, or the way has none (worst). `missing` are those that did not count."""

    way: Way
    band: Band
    score: Fraction | None
    missing: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Borders:
    """Where red ends, where amber ends, and how much has to be known: as on a card."""

    red_below: Fraction = Fraction(40)
    amber_below: Fraction = Fraction(70)
    least_coverage: Fraction = Fraction(3, 5)


def rolled_up(parts: Sequence[Part], way: Way, borders: Borders | None = None) -> Whole:
    """The whole of these; of none nothing is known."""
    return _worst(parts) if way is Way.WORST else _weighed(parts, way, borders or Borders())


def _worst(parts: Sequence[Part]) -> Whole:
    known = [part.band for part in parts if part.band in ORDER]
    return Whole(
        way=Way.WORST,
        band=min(known, key=ORDER.index) if known else Band.INSUFFICIENT,
        score=None,
        missing=tuple(part.account for part in parts if part.band not in ORDER),
    )


def _weighed(parts: Sequence[Part], way: Way, borders: Borders) -> Whole:
    weighing = [(part, part.weight) for part in parts if part.weight]
    known = [(part.score, weight) for part, weight in weighing if part.score is not None]
    missing = tuple(part.account for part in parts if not part.weight or part.score is None)
    whole, seen = (sum(weight for _part, weight in rows) for rows in (weighing, known))
    if not seen or Fraction(seen, whole) < borders.least_coverage:
        return Whole(way=way, band=Band.INSUFFICIENT, score=None, missing=missing)
    score = sum((score * weight for score, weight in known), Fraction(0)) / seen
    return Whole(way=way, band=_band(score, borders), score=score, missing=missing)


def _band(score: Fraction, borders: Borders) -> Band:
    if score < borders.red_below:
        return Band.RED
    return Band.AMBER if score < borders.amber_below else Band.GREEN
