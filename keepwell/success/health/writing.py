"""Cards, readings and changes as JSON and back, without losing a digit: a fraction is written as "7/12".

Shapes: a card `{"measures": {KEY: {"weight", "anchors": [zero, half, full], "good_for_days", "caps_at"}},
"red_below", "amber_below", "hysteresis", "least_coverage"}`; readings `{KEY: {"value", "read_at"}}`, or
`{KEY: {"applies": false}}`; a change `{"version", "coverage", "measures": {KEY: part}, "became_known",
"became_unknown"}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from keepwell.success.health.cards import Anchors, Band, Card, Measure
from keepwell.success.health.changes import Change
from keepwell.success.health.scoring import Reading

NUMBERS = ("red_below", "amber_below", "hysteresis", "least_coverage")
DAY = timedelta(days=1)


def card_to(card: Card) -> dict[str, Any]:
    return {
        "measures": {key: _measure_to(measure) for key, measure in card.measures.items()},
        **{name: str(getattr(card, name)) for name in NUMBERS},
    }


def card_from(written: Mapping[str, Any]) -> Card:
    """Errors: CardRefused for what no score can be worked out by."""
    measures = {key: _measure_from(measure) for key, measure in written["measures"].items()}
    return Card(measures=measures, **{name: Fraction(written[name]) for name in NUMBERS})


def readings_to(readings: Mapping[str, Reading]) -> dict[str, Any]:
    return {key: _reading_to(reading) for key, reading in sorted(readings.items())}


def readings_from(written: Mapping[str, Any]) -> dict[str, Reading]:
    return {key: _reading_from(reading) for key, reading in written.items()}


def change_to(change: Change) -> dict[str, Any]:
    return {
        "version": str(change.version),
        "coverage": str(change.coverage),
        "measures": {key: str(part) for key, part in sorted(change.measures.items())},
        "became_known": sorted(change.became_known),
        "became_unknown": sorted(change.became_unknown),
    }


def change_from(written: Mapping[str, Any]) -> Change:
    return Change(
        version=Fraction(written["version"]),
        coverage=Fraction(written["coverage"]),
        measures={key: Fraction(part) for key, part in written["measures"].items()},
        became_known=frozenset(written["became_known"]),
        became_unknown=frozenset(written["became_unknown"]),
    )


def _measure_to(measure: Measure) -> dict[str, Any]:
    anchors = measure.anchors
    return {
        "weight": str(measure.weight),
        "anchors": [str(anchors.zero), str(anchors.half), str(anchors.full)],
        "good_for_days": measure.good_for // DAY,
        "caps_at": measure.caps_at,
    }


def _measure_from(written: Mapping[str, Any]) -> Measure:
    zero, half, full = (Fraction(anchor) for anchor in written["anchors"])
    return Measure(
        weight=Fraction(written["weight"]),
        anchors=Anchors(zero=zero, half=half, full=full),
        good_for=written["good_for_days"] * DAY,
        caps_at=Band(written["caps_at"]) if written["caps_at"] else None,
    )


def _reading_to(reading: Reading) -> dict[str, Any]:
    if not reading.applies:
        return {"applies": False}
    return {
        "value": str(reading.value) if reading.value is not None else None,
        "read_at": reading.read_at.isoformat() if reading.read_at else None,
    }


def _reading_from(written: Mapping[str, Any]) -> Reading:
    if not written.get("applies", True):
        return Reading(applies=False)
    value, read_at = written["value"], written["read_at"]
    return Reading(
        value=Fraction(value) if value is not None else None,
        read_at=datetime.fromisoformat(read_at) if read_at else None,
    )
