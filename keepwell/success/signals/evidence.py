"""Readings as they are kept with a signal, and in words: numbers and ids, as of the instant it was opened.

Shape: a list of {"reading", "within_days", "value", "ids"}; the value is exact ("7/12").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from keepwell.success.signals.describing import asked_words, number_words
from keepwell.success.signals.grammar import READINGS, Asked, Condition, tests_of
from keepwell.success.signals.holding import UNREAD, Reading


def evidence_to(condition: Condition, readings: Mapping[Asked, Reading]) -> list[dict[str, Any]]:
    """Everything that the condition asked for, in its order, each once; what was unknown has no value."""
    asked = dict.fromkeys(test.asked for test in tests_of(condition))
    return [_written(one, readings.get(one, UNREAD)) for one in asked]


def evidence_words(evidence: Iterable[Mapping[str, Any]]) -> list[str]:
    """ "High cases opened in 30 days: 3", for each that was known."""
    return [
        f"{asked_words(Asked(one['reading'], one['within_days']))}: {_number(one)}"
        for one in evidence
        if one["value"] is not None
    ]


def _written(asked: Asked, reading: Reading) -> dict[str, Any]:
    return {
        "reading": asked.reading,
        "within_days": asked.within_days,
        "value": str(reading.value) if reading.value is not None else None,
        "ids": list(reading.ids),
    }


def _number(one: Mapping[str, Any]) -> str:
    kind = READINGS.get(one["reading"])
    value = Fraction(one["value"])
    return number_words(value, kind.unit) if kind else str(one["value"])
