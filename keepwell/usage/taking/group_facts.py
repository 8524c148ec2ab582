"""What a group is said to be, as facts of the software there: no names, addresses or words about people."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from keepwell.usage.taking.limits import can_be_kept

FACTS_AT_MOST, NAME_LETTERS, VALUE_LETTERS, LEVELS_AT_MOST = 200, 120, 200, 5
# The specification's own traits of a group that say who it is, not how it is set up.
ABOUT_THE_CUSTOMER = frozenset(
    {"address", "avatar", "description", "email", "name", "phone", "website", "id", "contact", "contacts"}
)
# What metrics and reviews ask for by name.
VERSION, SEATS_PROVISIONED = "version", "seats_provisioned"


def facts_in(traits: Mapping[str, Any]) -> dict[str, Any]:
    """Words, numbers, yes or no by their name, one level after another with a dot: configuration.backup."""
    found = {
        name: value
        for name, value in _flat("", traits)
        if name.partition(".")[0].lower() not in ABOUT_THE_CUSTOMER
        and len(name) <= NAME_LETTERS
        and can_be_kept(name)
        and _is_plain(value)
    }
    return dict(sorted(found.items())[:FACTS_AT_MOST])


def _flat(above: str, traits: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in traits.items():
        name = f"{above}{key}"
        if not isinstance(value, Mapping):
            yield name, value
        elif name.count(".") < LEVELS_AT_MOST:
            yield from _flat(f"{name}.", value)


def _is_plain(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= VALUE_LETTERS and can_be_kept(value)
    return isinstance(value, int) or (isinstance(value, float) and math.isfinite(value))
