"""What a fact of the customer's software is held against, in a closed grammar.

Software says "Yes", true, "7" or 7: facts and what is expected of them are compared as one of three things, a
yes or no, a number, or a text without regard to capitals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from keepwell.customers.version_numbers import is_at_least, is_number

Plain = bool | Decimal | str
YES_OR_NO = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
VALUES_AT_MOST, LETTERS_AT_MOST = 50, 200


class Expects(StrEnum):
    """What has to be so. VERSION_AT_LEAST: this version or a later one. PRESENT: told at all, and not
    empty."""

    EQUALS = "equals"
    ONE_OF = "one_of"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    VERSION_AT_LEAST = "version_at_least"
    PRESENT = "present"


class Verdict(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Why(StrEnum):
    """Why a verdict is unknown."""

    NEVER_SENT = "never_sent"
    UNFIT = "unfit"


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """Of the fact with this name. `values` as somebody wrote them: one, for ONE_OF several, for PRESENT none.

    Errors: ValueError for what no fact could be held against.
    """

    fact: str
    expects: str
    values: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        expects = Expects(self.expects)
        if not self.fact.strip() or not all(one.strip() for one in self.values):
            raise ValueError("empty")
        if len(self.values) > VALUES_AT_MOST or any(len(one) > LETTERS_AT_MOST for one in self.values):
            raise ValueError("too much")
        if (expects == Expects.PRESENT) != (not self.values):
            raise ValueError("values")
        if expects not in (Expects.ONE_OF, Expects.PRESENT) and len(self.values) != 1:
            raise ValueError("one value")
        if expects in (Expects.AT_LEAST, Expects.AT_MOST) and not isinstance(plain(self.values[0]), Decimal):
            raise ValueError("number")
        if expects == Expects.VERSION_AT_LEAST and not is_number(self.values[0]):
            raise ValueError("version")


@dataclass(frozen=True, kw_only=True)
class Judged:
    """`why` only where it is unknown."""

    verdict: Verdict
    why: Why | None = None


NEVER_SENT = Judged(verdict=Verdict.UNKNOWN, why=Why.NEVER_SENT)
UNFIT = Judged(verdict=Verdict.UNKNOWN, why=Why.UNFIT)


def judged(expectation: Expectation, facts: Mapping[str, Any]) -> Judged:
    """How the fact stands among all that this software told; none at all: nothing can be said.

    A fact that was never sent is unknown, but for PRESENT, where it is just that. A fact that cannot be
    compared ("many" where a number is expected) is unknown too: it is no proof of anything.
    """
    expects = Expects(expectation.expects)
    if expectation.fact not in facts:
        is_missed = bool(facts) and expects == Expects.PRESENT
        return _verdict(False) if is_missed else NEVER_SENT
    found = facts[expectation.fact]
    if expects == Expects.PRESENT:
        return _verdict(found is not None and str(found).strip() != "")
    value = plain(found)
    return UNFIT if value is None else _COMPARED[expects](value, expectation.values)


def plain(value: Any) -> Plain | None:
    """The value as it is compared; None for what is neither a word, a number, nor yes or no."""
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float, Decimal)):
        return _number(str(value))
    if not isinstance(value, str):
        return None
    text = value.strip().casefold()
    number = _number(text)
    return YES_OR_NO.get(text, text if number is None else number)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _equal(value: Plain, values: tuple[str, ...]) -> Judged:
    """Numbers, texts and yes or no are never equal to one another."""
    wanted = [plain(one) for one in values]
    return _verdict(any(type(one) is type(value) and one == value for one in wanted))


def _at_least(value: Plain, values: tuple[str, ...]) -> Judged:
    least = plain(values[0])
    both = isinstance(value, Decimal) and isinstance(least, Decimal)
    return _verdict(value >= least) if both else UNFIT  # type: ignore[operator]


def _at_most(value: Plain, values: tuple[str, ...]) -> Judged:
    most = plain(values[0])
    both = isinstance(value, Decimal) and isinstance(most, Decimal)
    return _verdict(value <= most) if both else UNFIT  # type: ignore[operator]


def _version(value: Plain, values: tuple[str, ...]) -> Judged:
    if isinstance(value, bool) or not is_number(str(value)):
        return UNFIT
    return _verdict(is_at_least(str(value), values[0]))


def _verdict(is_met: bool) -> Judged:
    return Judged(verdict=Verdict.MET if is_met else Verdict.NOT_MET)


_COMPARED: Mapping[Expects, Callable[[Plain, tuple[str, ...]], Judged]] = {
    Expects.EQUALS: _equal,
    Expects.ONE_OF: _equal,
    Expects.AT_LEAST: _at_least,
    Expects.AT_MOST: _at_most,
    Expects.VERSION_AT_LEAST: _version,
}
