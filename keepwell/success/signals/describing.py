"""Conditions and readings in plain words. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from keepwell.success.signals.grammar import (
    BANDS,
    READINGS,
    Asked,
    Comparison,
    Condition,
    Joined,
    Test,
    Unit,
)

COMPARISONS: Mapping[Comparison, str | Promise] = {
    Comparison.AT_LEAST: _lazy("%(number)s or more"),
    Comparison.AT_MOST: _lazy("%(number)s or less"),
    Comparison.MORE_THAN: _lazy("more than %(number)s"),
    Comparison.LESS_THAN: _lazy("less than %(number)s"),
    Comparison.EQUALS: _lazy("exactly %(number)s"),
}
OF_BANDS: Mapping[Comparison, str | Promise] = {
    Comparison.AT_LEAST: _lazy("%(number)s or better"),
    Comparison.AT_MOST: _lazy("%(number)s or worse"),
    Comparison.MORE_THAN: _lazy("better than %(number)s"),
    Comparison.LESS_THAN: _lazy("worse than %(number)s"),
    Comparison.EQUALS: _lazy("%(number)s"),
}
BAND_WORDS: Mapping[str, str | Promise] = {
    "red": _lazy("red"),
    "amber": _lazy("amber"),
    "green": _lazy("green"),
}


def condition_words(condition: Condition) -> str:
    """The condition as a person reads it; what is joined within something joined stands in brackets."""
    if isinstance(condition, Test):
        return test_words(condition)
    parts = [
        f"({condition_words(part)})"
        if isinstance(part, Joined) and len(condition.parts) > 1
        else condition_words(part)
        for part in condition.parts
    ]
    return (_(" and ") if condition.is_all else _(" or ")).join(parts)


def test_words(test: Test) -> str:
    """ "High cases opened in 30 days: 3 or more"."""
    ways = OF_BANDS if test.kind.unit is Unit.BAND else COMPARISONS
    compared = ways[test.comparison] % {"number": number_words(test.number, test.kind.unit)}
    return f"{asked_words(test.asked)}: {compared}"


def asked_words(asked: Asked) -> str:
    """What was asked for; of a reading that there is no longer, its name."""
    kind = READINGS.get(asked.reading)
    if kind is None:
        return asked.reading
    return str(kind.words) % {"days": asked.within_days} if kind.is_windowed else str(kind.words)


def number_words(number: Fraction, unit: Unit) -> str:
    """A number with its unit; whole where it is, else to a tenth."""
    if unit is Unit.BAND:
        return str(BAND_WORDS[BANDS[int(number)]])
    shown = f"{float(round(number, 1)):g}" if abs(number) < 100_000 else str(round(number))
    if unit is Unit.PERCENT:
        return f"{shown}%"
    many = abs(round(number))
    if unit is Unit.DAYS:
        return ngettext("%(number)s day", "%(number)s days", many) % {"number": shown}
    if unit is Unit.PEOPLE:
        return ngettext("%(number)s person", "%(number)s people", many) % {"number": shown}
    if unit is Unit.POINTS:
        return ngettext("%(number)s point", "%(number)s points", many) % {"number": shown}
    return shown
