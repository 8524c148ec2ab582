"""How many calls a key may make in a second, counted by each process for itself."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

# More keys than that in one second are somebody who guesses; then all are counted anew.
KEYS_AT_MOST = 10_000


class Rates:
    """So many calls of each key in a second of the machine's own clock."""

    def __init__(self, seconds: Callable[[], float] = monotonic) -> None:
        self._seconds = seconds
        self._second = 0
        self._calls: dict[str, int] = {}

    def allows(self, key: str, most: int) -> bool:
        """Counts this call; whether the key may make it."""
        now = int(self._seconds())
        if now != self._second or len(self._calls) > KEYS_AT_MOST:
            self._second, self._calls = now, {}
        calls = self._calls.get(key, 0) + 1
        self._calls[key] = calls
        return calls <= most
