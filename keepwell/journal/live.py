"""Live topics: which screens hear that something happened.

A topic is a noun and an id, written `case:12`; a wide topic has the id 0, `cases:0`. What travels is
the topic, the entry's id and a mark by which this telling is known again: the browser fetches the page
part again through its ordinary, authorised address, so nothing secret is ever on this wire.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import connection

from keepwell.kit.identities import id_in

if TYPE_CHECKING:
    from keepwell.journal.kinds import Kind

CHANNEL = "keepwell_live"
MARK_BYTES = 9

Allowed = Callable[[Any, int], bool]

_topics: dict[str, Allowed] = {}
_heard_by_customers: dict[str, str] = {}


def topic(
    noun: str, *, allowed: Allowed, customers_as: str = "", customers_allowed: Allowed | None = None
) -> None:
    """Registers the topic of a noun; `allowed(user, id)` says who may listen, asked again at each connect.

    `customers_as` names a second topic that hears only what customers may see of the same noun.
    """
    _topics[noun] = allowed
    if customers_as and customers_allowed:
        _topics[customers_as] = customers_allowed
        _heard_by_customers[noun] = customers_as


def may_listen(user: Any, name: str) -> bool:
    """Whether this person may hear the topic written `noun:id`. Unknown or malformed: no."""
    noun, _, identity = name.partition(":")
    allowed = _topics.get(noun)
    about = id_in(identity)
    return bool(allowed and about is not None and allowed(user, about))


def topics_of(kind: Kind, subjects: Iterable[tuple[str, int]]) -> list[str]:
    """The topics that hear of an entry of this kind about these subjects."""
    return list(dict.fromkeys([*_topics_of(kind, subjects), *kind.tells]))


def tell(name: str, entry_id: int = 0) -> None:
    """Tells one topic. NOTIFY inside the transaction: PostgreSQL delivers it at commit, or not at all."""
    tell_all({name: entry_id})


def tell_all(newest: Mapping[str, int]) -> None:
    """Tells these topics, each with its newest entry, in one statement."""
    if newest:
        told = [
            json.dumps({"topic": name, "entry": entry, "mark": new_mark()}) for name, entry in newest.items()
        ]
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, told) FROM unnest(%s::text[]) AS told", [CHANNEL, told])


def new_mark() -> str:
    """Chance, not a count: whoever listens learns nothing of how much else happens."""
    return secrets.token_urlsafe(MARK_BYTES)


def _topics_of(kind: Kind, subjects: Iterable[tuple[str, int]]) -> Iterable[str]:
    for noun, identity in subjects:
        if noun in _topics:
            yield f"{noun}:{identity}"
        if kind.customers_see and noun in _heard_by_customers:
            yield f"{_heard_by_customers[noun]}:{identity}"


def topic_names() -> tuple[str, ...]:
    return tuple(_topics)
