"""Readings become points, points become a score. Exact: rounding is for whoever shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from keepwell.success.health.cards import Card, Measure


class Standing(StrEnum):
    """What is known of a measure. NOT_APPLICABLE counts for nothing, as if the card did not have it."""

    KNOWN = "known"
    STALE = "stale"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What was read of one measure, and when. Without `value` nothing could be read.

    `applies` is False where the measure says nothing about this account: seats of an unlimited licence.
    """

    value: Fraction | None = None
    read_at: datetime | None = None
    applies: bool = True


MISSING = Reading()


@dataclass(frozen=True, kw_only=True)
class Scored:
    """One measure as the card sees it; `points` are None unless it is known."""

    standing: Standing
    points: Fraction | None = None


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """Readings seen by a card. `score` is None where nothing is known; `coverage` is the known part of the
    weight that applies, 0 where none does."""

    card: Card
    measures: Mapping[str, Scored]
    coverage: Fraction
    score: Fraction | None

    @property
    def known(self) -> frozenset[str]:
        return frozenset(key for key, one in self.measures.items() if one.standing is Standing.KNOWN)

    @property
    def shares(self) -> Mapping[str, Fraction]:
        """The weight of each known measure among the known ones: together 1."""
        whole = sum((self.card.measures[key].weight for key in self.known), Fraction(0))
        return {key: self.card.measures[key].weight / whole for key in self.known}

    @property
    def contributions(self) -> Mapping[str, Fraction]:
        """How many points of the score each known measure gives: together the score."""
        return {key: share * _points(self.measures[key]) for key, share in self.shares.items()}


def evaluate(card: Card, readings: Mapping[str, Reading], *, as_of: datetime) -> Evaluation:
    """What the card says of these readings at an instant. One that the readings lack is missing; those that
    the card lacks count for nothing."""
    measures = {
        key: _scored(measure, readings.get(key, MISSING), as_of) for key, measure in card.measures.items()
    }
    return evaluation(card, measures)


def evaluation(card: Card, measures: Mapping[str, Scored]) -> Evaluation:
    """The same of measures that are scored already."""
    known = _weight_of(card, measures, {Standing.KNOWN})
    applying = _weight_of(card, measures, set(Standing) - {Standing.NOT_APPLICABLE})
    points = sum(
        (card.measures[key].weight * _points(one) for key, one in measures.items() if one.points is not None),
        Fraction(0),
    )
    return Evaluation(
        card=card,
        measures=measures,
        coverage=known / applying if applying else Fraction(0),
        score=points / known if known else None,
    )


def _weight_of(card: Card, measures: Mapping[str, Scored], standings: set[Standing]) -> Fraction:
    return sum(
        (card.measures[key].weight for key, one in measures.items() if one.standing in standings), Fraction(0)
    )


def _scored(measure: Measure, reading: Reading, as_of: datetime) -> Scored:
    if not reading.applies:
        return Scored(standing=Standing.NOT_APPLICABLE)
    if reading.value is None or reading.read_at is None:
        return Scored(standing=Standing.MISSING)
    if as_of - reading.read_at > measure.good_for:
        return Scored(standing=Standing.STALE)
    return Scored(standing=Standing.KNOWN, points=measure.anchors.points(reading.value))


def _points(scored: Scored) -> Fraction:
    return scored.points if scored.points is not None else Fraction(0)
