"""Whom somebody wants to ask, as it was typed and as a value."""

from __future__ import annotations

from dataclasses import dataclass

from keepwell.conversations.copying import copies_to
from keepwell.customers.reaching import checked_person_name
from keepwell.side_threads.refusals import NobodyAsked, TooManyAsked

AT_MOST = 10


@dataclass(frozen=True, kw_only=True)
class Asked:
    """An address, and what its owner is called; "" where that was not said."""

    address: str
    name: str = ""


def asked(typed: str, *, name: str = "") -> tuple[Asked, ...]:
    """The addresses that were typed, each once, in their order; `name` is that of a single one.

    Between addresses stands a comma, a semicolon or a line end; each may have a name before it. Errors:
    AddressRefused, which names what is none; ContactRefused for a name too long; NobodyAsked; TooManyAsked.
    """
    found = copies_to(typed, "") if typed.strip() else ()
    if not found:
        raise NobodyAsked
    if len(found) > AT_MOST:
        raise TooManyAsked(AT_MOST)
    alone = name if len(found) == 1 else ""
    return tuple(Asked(address=one.address, name=checked_person_name(one.name or alone)) for one in found)
