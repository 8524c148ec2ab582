"""Named places where a proof makes the program fail; in the product nothing happens there.

A campaign arms one: `arm("fetch.committed", die)`. The name says what is done by then.
"""

from __future__ import annotations

from collections.abc import Callable

_armed: dict[str, Callable[[], None]] = {}


def hit(name: str) -> None:
    """Here a proof may fail."""
    if _armed and name in _armed:
        _armed[name]()


def arm(name: str, act: Callable[[], None]) -> None:
    """From now on this is done at the place of this name."""
    _armed[name] = act


def disarm() -> None:
    _armed.clear()
