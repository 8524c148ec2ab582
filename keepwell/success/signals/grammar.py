"""Conditions: what can be asked of an account, a person or a source, and how a condition is written.

Written as JSON a condition is one test, or several joined, three deep at most:

    {"reading": "cases.high_opened", "within_days": 30, "is": "at_least", "number": "3", "unit": "times"}
    {"all": [...]}    {"any": [...]}

`within_days` stands exactly where the reading looks back or ahead for a number of days. A number is an
integer or a string of digits; of a band it is its name. Nothing else is understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from keepwell.kit.refusals import Refused

DEEPEST, MOST_TESTS = 3, 12
LONGEST_WINDOW_DAYS = 400
# Bands from the worst on; a test compares their places.
BANDS = ("red", "amber", "green")
NUMBER = re.compile(r"-?[0-9]{1,7}(\.[0-9]{1,4})?\Z")


class ConditionRefused(Refused):
    """A condition cannot be like this; `str()` says what is wrong with it."""


class Scope(StrEnum):
    """Whose readings a rule looks at: each is a subject with signals of its own."""

    ACCOUNT = "account"
    PERSON = "person"
    SOURCE = "source"


class Unit(StrEnum):
    DAYS = "days"
    PERCENT = "percent"
    PEOPLE = "people"
    POINTS = "points"
    TIMES = "times"
    BAND = "band"


class Comparison(StrEnum):
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    EQUALS = "equals"


@dataclass(frozen=True, kw_only=True)
class ReadingKind:
    """One thing that can be read: its words, its unit, whose it is, and between what its numbers lie.

    `is_windowed`: it is asked for so many days, and its words have a %(days)s for them.
    """

    words: str | Promise
    unit: Unit
    scope: Scope = Scope.ACCOUNT
    is_windowed: bool = False
    least: int = 0
    most: int = 3650


def _percent(words: Promise | str, *, least: int = 0, most: int = 100) -> ReadingKind:
    return ReadingKind(words=words, unit=Unit.PERCENT, least=least, most=most)


def _days(words: Promise | str, scope: Scope = Scope.ACCOUNT) -> ReadingKind:
    return ReadingKind(words=words, unit=Unit.DAYS, scope=scope)


def _times(words: Promise | str, *, is_windowed: bool = True, most: int = 10_000) -> ReadingKind:
    return ReadingKind(words=words, unit=Unit.TIMES, is_windowed=is_windowed, most=most)


READINGS: Mapping[str, ReadingKind] = {
    "usage.active": ReadingKind(words=_lazy("People active in 28 days"), unit=Unit.PEOPLE, most=1_000_000),
    "usage.seats_used": _percent(_lazy("Seats used, of those agreed"), most=1000),
    "usage.seats_set_up": _percent(_lazy("Seats set up, of those agreed"), most=1000),
    "usage.breadth": _percent(_lazy("Modules used, of those agreed")),
    "usage.frequency": _percent(_lazy("Working days with use, of 28 days")),
    "usage.stickiness": _percent(_lazy("Active on a usual day, of those active in 28 days")),
    "usage.recency": _percent(_lazy("How recently modules were used")),
    "usage.against_season": _percent(_lazy("Use against its season"), least=-100, most=1000),
    "usage.first_value": _days(_lazy("From going live to the first core event")),
    "silence.use": _days(_lazy("Nobody used it for")),
    "silence.engagement": _days(_lazy("No engagement was held for")),
    "cases.opened": _times(_lazy("Cases opened in %(days)s days")),
    "cases.high_opened": _times(_lazy("High cases opened in %(days)s days")),
    "cases.reopened": _times(_lazy("Cases reopened in %(days)s days")),
    "cases.high_open": _times(_lazy("High cases that are open"), is_windowed=False),
    "contract.notice_ahead": _times(_lazy("Terms to be decided whose notice ends within %(days)s days")),
    "contract.end_ahead": _times(_lazy("Terms to be decided that end within %(days)s days")),
    "contract.over_undecided": _times(_lazy("Terms that ended without a decision"), is_windowed=False),
    "health.band": ReadingKind(words=_lazy("Health"), unit=Unit.BAND),
    "health.score": ReadingKind(words=_lazy("Health score"), unit=Unit.POINTS, most=100),
    "health.band_fell": _times(_lazy("Bands that health fell within %(days)s days"), most=2),
    "health.score_fell": ReadingKind(
        words=_lazy("Points that health fell within %(days)s days"),
        unit=Unit.POINTS,
        is_windowed=True,
        most=100,
    ),
    "life.days_live": _days(_lazy("Live for")),
    "road_map.ours_late": _days(_lazy("An action of ours on the road map is late by")),
    "road_map.theirs_late": _days(_lazy("An action of theirs on the road map is late by")),
    "role.sponsor_gone": _days(_lazy("The executive sponsor left, with no successor, for"), Scope.PERSON),
    "role.champion_gone": _days(_lazy("The champion left, with no successor, for"), Scope.PERSON),
    "feed.silent": _days(_lazy("A source of usage data is silent for"), Scope.SOURCE),
}


@dataclass(frozen=True)
class Asked:
    """A reading, and the days that it is asked for; None where it has none."""

    reading: str
    within_days: int | None = None


@dataclass(frozen=True, kw_only=True)
class Test:
    """A reading compared with a number in its unit."""

    asked: Asked
    comparison: Comparison
    number: Fraction

    # It is no test of pytest's.
    __test__ = False

    @property
    def kind(self) -> ReadingKind:
        return READINGS[self.asked.reading]


@dataclass(frozen=True, kw_only=True)
class Joined:
    """Several conditions, of which all hold, or any."""

    is_all: bool
    parts: tuple[Condition, ...]


Condition = Test | Joined


def parse(written: Any) -> Condition:
    """The condition that is written. Errors: ConditionRefused, with what is wrong in words."""
    found = _parse(written, DEEPEST)
    if len(list(tests_of(found))) > MOST_TESTS:
        raise ConditionRefused(_("A condition has %(most)s tests at most.") % {"most": MOST_TESTS})
    return found


def write(condition: Condition) -> dict[str, Any]:
    """As `parse` reads it."""
    if isinstance(condition, Joined):
        return {"all" if condition.is_all else "any": [write(part) for part in condition.parts]}
    written: dict[str, Any] = {"reading": condition.asked.reading}
    if condition.asked.within_days is not None:
        written["within_days"] = condition.asked.within_days
    written["is"] = condition.comparison.value
    written["number"] = number_written(condition)
    written["unit"] = condition.kind.unit.value
    return written


def number_written(test: Test) -> str:
    """The number as it is entered: "12.5", or the name of a band."""
    if test.kind.unit is Unit.BAND:
        return BANDS[int(test.number)]
    return f"{float(test.number):.4f}".rstrip("0").rstrip(".")


def tests_of(condition: Condition) -> Iterator[Test]:
    """Every test in it, from left to right."""
    if isinstance(condition, Test):
        yield condition
        return
    for part in condition.parts:
        yield from tests_of(part)


def asked_by(condition: Condition) -> set[Asked]:
    return {test.asked for test in tests_of(condition)}


def _parse(written: Any, deep: int) -> Condition:
    if not isinstance(written, Mapping) or not written:
        raise ConditionRefused(_("A condition is a test, or several joined by all or any."))
    joins = [join for join in ("all", "any") if join in written]
    return _joined(written, joins[0], deep) if joins else _test(written)


def _joined(written: Mapping[str, Any], join: str, deep: int) -> Joined:
    parts = written[join]
    if len(written) != 1:
        raise ConditionRefused(_("Beside all or any stands nothing else."))
    if not isinstance(parts, list) or not parts:
        raise ConditionRefused(
            _("Joined by %(join)s is nothing: name one condition at least.") % {"join": join}
        )
    if deep <= 1:
        raise ConditionRefused(
            _("Conditions stand within each other %(most)s deep at most.") % {"most": DEEPEST}
        )
    return Joined(is_all=join == "all", parts=tuple(_parse(part, deep - 1) for part in parts))


FIELDS = {"reading", "within_days", "is", "number", "unit"}


def _test(written: Mapping[str, Any]) -> Test:
    if unknown := sorted(str(name) for name in written.keys() - FIELDS):
        raise ConditionRefused(_("Nobody knows what %(name)s means in a test.") % {"name": unknown[0]})
    name = written.get("reading")
    if not isinstance(name, str) or name not in READINGS:
        raise ConditionRefused(_("There is no reading %(name)s.") % {"name": name})
    kind = READINGS[name]
    if written.get("unit") != kind.unit.value:
        raise ConditionRefused(
            _("%(reading)s is counted in %(unit)s, not in %(wrong)s.")
            % {"reading": name, "unit": kind.unit.value, "wrong": written.get("unit")}
        )
    return Test(
        asked=Asked(name, _window(written, name, kind)),
        comparison=_comparison(written.get("is")),
        number=_number(written.get("number"), name, kind),
    )


def _window(written: Mapping[str, Any], name: str, kind: ReadingKind) -> int | None:
    days = written.get("within_days")
    if not kind.is_windowed:
        if days is not None:
            raise ConditionRefused(_("%(reading)s is not asked for a number of days.") % {"reading": name})
        return None
    if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= LONGEST_WINDOW_DAYS:
        raise ConditionRefused(
            _("%(reading)s is asked for 1 to %(most)s days.") % {"reading": name, "most": LONGEST_WINDOW_DAYS}
        )
    return days


def _comparison(written: Any) -> Comparison:
    try:
        return Comparison(written)
    except ValueError:
        raise ConditionRefused(
            _("A test compares by one of %(ways)s, not by %(wrong)s.")
            % {"ways": ", ".join(Comparison), "wrong": written}
        ) from None


def _number(written: Any, name: str, kind: ReadingKind) -> Fraction:
    if kind.unit is Unit.BAND:
        if written not in BANDS:
            raise ConditionRefused(_("A band is one of %(bands)s.") % {"bands": ", ".join(BANDS)})
        return Fraction(BANDS.index(written))
    text = str(written) if isinstance(written, int) and not isinstance(written, bool) else written
    if not isinstance(text, str) or not NUMBER.match(text):
        raise ConditionRefused(_("%(wrong)s is no number.") % {"wrong": written})
    number = Fraction(text)
    if not kind.least <= number <= kind.most:
        raise ConditionRefused(
            _("%(reading)s lies between %(least)s and %(most)s: %(wrong)s is impossible.")
            % {"reading": name, "least": kind.least, "most": kind.most, "wrong": text}
        )
    return number
