"""A check point as data, and what changed since the one before: ids, states and numbers, never words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from keepwell.kit.wording import written_out


@dataclass(frozen=True, kw_only=True)
class Change:
    """What of which thing went from what to what; None for what was not there, or is there no more."""

    noun: str
    id: int
    what: str
    before: Any
    after: Any


# What is compared of each thing. Values are states, numbers and days, as JSON has them.
COMPARED: Mapping[str, tuple[str, ...]] = {
    "goal": ("state",),
    "measure": ("value",),
    "milestone": ("reached_on", "due_on"),
    "action_item": ("state", "due_on"),
    "value_claim": ("state",),
}


def taken(things: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, dict[str, dict[str, Any]]]:
    """A check point as it is kept: by noun and id, what is compared. Days and Decimals become texts."""
    return {
        noun: {str(thing["id"]): {what: _plain(thing[what]) for what in compared} for thing in things[noun]}
        for noun, compared in COMPARED.items()
    }


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What differs, in the order of COMPARED and then of ids. The first check point is compared with {}."""
    found = []
    for noun, compared in COMPARED.items():
        then, now = before.get(noun, {}), after.get(noun, {})
        for key in sorted({*then, *now}, key=int):
            for what in compared:
                old, new = then.get(key, {}).get(what), now.get(key, {}).get(what)
                if old != new:
                    found.append(Change(noun=noun, id=int(key), what=what, before=old, after=new))
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return written_out(value) if isinstance(value, Decimal) else value
