"""Where the worker is killed: the named places of the way of a mail, in order."""

from __future__ import annotations

# Here a mail server hands the mail to the worker itself, and is not told that it is kept.
AT_THE_DOOR = "deliver.committed"
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
    AT_THE_DOOR,
)
