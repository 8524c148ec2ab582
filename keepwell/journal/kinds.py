"""The kinds of entries, each declared once by the slice it belongs to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise

# An id, a state, an instant or a number written down; never a sentence, a name or an address.
CODE = re.compile(r"[A-Za-z0-9_.:+/-]{0,64}\Z")
KIND = re.compile(r"[a-z_]+\.[a-z_]+\Z")


class UnknownKind(LookupError):
    """Somebody records or reads a kind that no slice has declared."""


class FactRefused(ValueError):
    """A fact is undeclared, of the wrong type, or holds words; the message names it."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of entry.

    `facts` names each fact and its type (int, bool, str, Decimal, datetime, list); None is allowed for any.
    `customers_see` lets customers who may see the subject read the entry. `words` is the sentence
    shown, with %(name)s for facts. `tells` are live topics told besides those of the subjects.
    """

    name: str
    words: str | Promise
    facts: Mapping[str, type] = field(default_factory=dict)
    customers_see: bool = False
    tells: tuple[str, ...] = ()

    @property
    def slice_name(self) -> str:
        return self.name.partition(".")[0]


_kinds: dict[str, Kind] = {}


def declare(
    name: str,
    *,
    words: str | Promise,
    facts: Mapping[str, type] | None = None,
    customers_see: bool = False,
    tells: tuple[str, ...] = (),
) -> Kind:
    """Makes a kind known. Errors: ValueError if it is known already or not named `noun.past_participle`."""
    if name in _kinds:
        raise ValueError(f"{name} is declared twice")
    if not KIND.match(name):
        raise ValueError(f"{name} is not written noun.past_participle")
    kind = Kind(name=name, words=words, facts=facts or {}, customers_see=customers_see, tells=tells)
    _kinds[name] = kind
    return kind


def kind_of(name: str) -> Kind:
    """The declared kind. Errors: UnknownKind."""
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKind(f"No slice declares entries of kind {name!r} in its entries.py") from None


def all_kinds() -> tuple[Kind, ...]:
    return tuple(_kinds.values())


def kinds_customers_see() -> tuple[str, ...]:
    return tuple(kind.name for kind in _kinds.values() if kind.customers_see)


def checked_facts(kind: Kind, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as they are stored. Errors: FactRefused."""
    stored = {}
    for name, fact in facts.items():
        declared = kind.facts.get(name)
        if declared is None:
            raise FactRefused(f"{kind.name} declares no fact {name!r}")
        # Ids and flags are what most facts are, and stay as they are.
        is_plain = fact is None or (type(fact) is declared and declared in _PLAIN)
        stored[name] = fact if is_plain else _stored(kind, name, fact)
    return stored


_PLAIN = (int, bool)


def _stored(kind: Kind, name: str, fact: Any) -> Any:
    declared = kind.facts[name]
    # bool is an int to Python, but a count that is True is a mistake.
    if not isinstance(fact, declared) or (declared is int and isinstance(fact, bool)):
        raise FactRefused(f"{kind.name}: {name} is to be {declared.__name__}, and {type(fact).__name__} came")
    if isinstance(fact, list):
        return [_written(kind, name, part) for part in fact]
    return _written(kind, name, fact)


def _written(kind: Kind, name: str, fact: Any) -> Any:
    if isinstance(fact, str):
        if CODE.match(fact):
            return fact
        raise FactRefused(f"{kind.name}: {name} holds words; an entry carries ids, states and numbers")
    if isinstance(fact, datetime):
        return fact.isoformat()
    if isinstance(fact, Decimal):
        return str(fact)
    if isinstance(fact, int):
        return fact
    raise FactRefused(f"{kind.name}: {name} holds a {type(fact).__name__}")
