"""Where the worker is killed: the named places of the way of a mail, in order."""

from __future__ import annotations

PLACES = (
    "fetch.listed",
    "fetch.counted",
    "fetch.fetched",
    "receive.written",
    "fetch.committed",
    "fetch.told",
    "understand.counted",
    "understand.read",
    "place.opened",
    "place.written",
    "understand.committed",
)
