"""What a list of cases is to show, as it stands in the address bar: a closed grammar, read into a value.

    state=new,open  severity=high  level=2  team=3,none  assignee=me,none,12  owner=me  account=5
    contact=7  product=2  tag=printing  wrote=customer  opened=2026-01-01..2026-01-31
    hand_off=mine  snoozed=yes  private=yes  unverified=yes  spam=yes  show=ended  order=quiet

Several values, by comma or by repeating the name, mean any of them; several names mean all of them. What
is not understood is left out and told, never an error: an address is typed by people and kept for years.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from keepwell.cases.severities import Severity
from keepwell.cases.states import State
from keepwell.kit.days import day_in
from keepwell.kit.identities import id_in

ME, NONE = "me", "none"
MOST_VALUES = 50

Somebody = int | str


@dataclass(frozen=True, kw_only=True)
class Dates:
    """Local dates, first and last included; None: open on that side."""

    first_on: date | None
    last_on: date | None

    def __str__(self) -> str:
        return "..".join(on.isoformat() if on else "" for on in (self.first_on, self.last_on))


@dataclass(frozen=True, kw_only=True)
class CaseFilter:
    """Which cases, in which order. An empty tuple or "" asks nothing; named states overrule `show`."""

    state: tuple[str, ...] = ()
    severity: tuple[str, ...] = ()
    level: tuple[int, ...] = ()
    team: tuple[Somebody, ...] = ()
    assignee: tuple[Somebody, ...] = ()
    owner: tuple[Somebody, ...] = ()
    account: tuple[Somebody, ...] = ()
    contact: tuple[int, ...] = ()
    product: tuple[Somebody, ...] = ()
    tag: tuple[str, ...] = ()
    opened: tuple[Dates, ...] = ()
    wrote: str = ""
    hand_off: str = ""
    snoozed: str = "no"
    private: str = ""
    unverified: str = ""
    spam: str = "no"
    show: str = "open"
    order: str = "changed"

    @property
    def is_about_open_ones(self) -> bool:
        """Whether it shows open cases only: then it can be counted at any size of the archive."""
        ended = {State.RESOLVED, State.CLOSED}
        return self.spam == "no" and (not ended & set(self.state) if self.state else self.show == "open")


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Something in an address that was not understood and is left out. `value` None: an unknown name."""

    name: str
    value: str | None = None


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What was understood, and what was not."""

    filter: CaseFilter
    problems: tuple[Problem, ...] = ()


def read(query: Mapping[str, str | Sequence[str]], *, besides: Iterable[str] = ()) -> Reading:
    """The filter in a query; `besides` are names that are not the filter's, such as a cursor."""
    understood: dict[str, Any] = {}
    problems: list[Problem] = []
    for name in query:
        if name in _MANY or name in _ONE:
            understood[name], wrong = _read_name(name, _values(query[name]))
            problems += [Problem(name=name, value=value) for value in wrong]
        elif name not in besides:
            problems.append(Problem(name=name))
    asked = {name: value for name, value in understood.items() if value not in ((), "")}
    return Reading(filter=CaseFilter(**asked), problems=tuple(problems))


def as_query(shown: CaseFilter) -> dict[str, str]:
    """The address that reads as this filter; what stands by default is left out."""
    unchanged = CaseFilter()
    asked = {field.name: getattr(shown, field.name) for field in fields(shown)}
    return {
        name: value if isinstance(value, str) else ",".join(map(str, value))
        for name, value in asked.items()
        if value != getattr(unchanged, name)
    }


def _values(given: str | Sequence[str]) -> list[str]:
    parts = [given] if isinstance(given, str) else given
    return [value.strip() for part in parts for value in part.split(",") if value.strip()]


def _read_name(name: str, values: list[str]) -> tuple[Any, list[str]]:
    understood, wrong = [], values[MOST_VALUES:]
    for value in values[:MOST_VALUES]:
        try:
            understood.append((_MANY.get(name) or _ONE[name])(value))
        except ValueError:
            wrong.append(value)
    once = tuple(dict.fromkeys(understood))
    if name in _MANY:
        return once, wrong
    return (once[0] if once else ""), wrong + [str(more) for more in once[1:]]


def _one_of(*words: str) -> Callable[[str], str]:
    def word(value: str) -> str:
        if value not in words:
            raise ValueError(value)
        return value

    return word


def _id(value: str) -> int:
    identity = id_in(value)
    if not identity:
        raise ValueError(value)
    return identity


def _id_or(*words: str) -> Callable[[str], Somebody]:
    return lambda value: value if value in words else _id(value)


def _level(value: str) -> int:
    return int(_one_of("1", "2", "3")(value))


def _tag(value: str) -> str:
    if "\x00" in value:
        raise ValueError(value)
    return value.lower()


def _dates(value: str) -> Dates:
    first, dots, last = value.partition("..")
    if not dots:
        last = first
    span = Dates(first_on=_date(first), last_on=_date(last))
    if span.first_on and span.last_on and span.first_on > span.last_on:
        raise ValueError(value)
    return span


def _date(text: str) -> date | None:
    on = day_in(text)
    if text and on is None:
        raise ValueError(text)
    return on


_MANY: dict[str, Callable[[str], Any]] = {
    "state": _one_of(*State),
    "severity": _one_of(*Severity),
    "level": _level,
    "team": _id_or(NONE),
    "assignee": _id_or(ME, NONE),
    "owner": _id_or(ME, NONE),
    "account": _id_or(NONE),
    "contact": _id,
    "product": _id_or(NONE),
    "tag": _tag,
    "opened": _dates,
}
_ONE: dict[str, Callable[[str], str]] = {
    "wrote": _one_of("customer", "us"),
    "hand_off": _one_of("any", "mine"),
    "snoozed": _one_of("no", "yes", "any"),
    "private": _one_of("yes", "no"),
    "unverified": _one_of("yes", "no"),
    "spam": _one_of("no", "yes", "any"),
    "show": _one_of("open", "ended", "any"),
    "order": _one_of("changed", "quiet", "newest", "oldest"),
}
