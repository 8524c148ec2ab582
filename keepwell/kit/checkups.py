"""What `keepwell doctor` can look at: each slice registers its own checkups in `checks.py`.

A checkup is told nothing and yields one sentence for each thing that is wrong; nothing means well. One that
takes its time yields between them how far it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class HowFar:
    """So many of so many were looked at."""

    done: int
    of: int


Look = Callable[[], Iterable[str | HowFar]]


@dataclass(frozen=True, kw_only=True)
class Checkup:
    name: str
    words: str | Promise
    look: Look


_checkups: dict[str, Checkup] = {}


def checkup(name: str, words: str | Promise) -> Callable[[Look], Look]:
    """Registers a checkup under the name that `keepwell doctor NAME` takes; `words` say what it looks at."""

    def register(look: Look) -> Look:
        if name in _checkups:
            raise ValueError(f"the checkup {name} is registered twice")
        _checkups[name] = Checkup(name=name, words=words, look=look)
        return look

    return register


def checkups(names: Iterable[str] = ()) -> list[Checkup]:
    """Those named, in that order; all, by name, where none is. Errors: KeyError for an unknown name."""
    return [_checkups[name] for name in names or sorted(_checkups)]
