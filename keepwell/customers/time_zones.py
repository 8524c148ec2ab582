"""Which time zones are known, and which one somebody may have meant."""

from __future__ import annotations

import difflib
import zoneinfo
from functools import lru_cache

# Zones of a whole country's custom are offered before a single town's of the same name.
_FIRST = ("US/", "America/", "Europe/", "Australia/", "Canada/")


def is_known_zone(name: str) -> bool:
    return name in _names()


def likely_zone(name: str) -> str:
    """The known zone that looks most like what was written, such as US/Central for Cental; "" if none."""
    wanted = name.strip().lower().replace(" ", "_")
    same = {known.lower(): known for known in _names()}
    if wanted in same:
        return same[wanted]
    by_place = _by_last_part()
    place = wanted.rsplit("/", 1)[-1].removesuffix("_time").removesuffix("_standard")
    close = difflib.get_close_matches(place, by_place, n=1, cutoff=0.7)
    return by_place[close[0]] if close else ""


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones()) - {"localtime", "posixrules", "Factory"}


@lru_cache(maxsize=1)
def _by_last_part() -> dict[str, str]:
    found: dict[str, str] = {}
    for name in sorted(_names(), key=_offered):
        found.setdefault(name.rsplit("/", 1)[-1].lower(), name)
    return found


def _offered(name: str) -> tuple[int, str]:
    rank = next((rank for rank, start in enumerate(_FIRST) if name.startswith(start)), len(_FIRST))
    return rank, name
