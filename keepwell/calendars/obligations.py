"""Whatever is dated and a person may see: each slice registers a source of its own, here below them all.

    @dated("contracts")
    def ends_of_terms(reader, window): yield Obligation(...)

Titles alone travel, never a note or an address: a calendar is read by whoever looks over a shoulder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Obligation:
    """One dated thing. `key` is its own for good, such as "engagement-12"; `title` is all that is said of it.

    `starts` is a day, or an aware instant with its end. `sequence` grows with each change of it.
    """

    key: str
    title: str
    starts: date | datetime
    ends: datetime | None = None
    sequence: int = 0


@dataclass(frozen=True, kw_only=True)
class Window:
    """From one day to another, first and last included; `opens_at` and `closes_at` as instants."""

    first_on: date
    last_on: date
    opens_at: datetime
    closes_at: datetime


# The person who reads (a user), and the days that are asked for.
Source = Callable[[Any, Window], Iterable[Obligation]]

_sources: dict[str, Source] = {}


def dated(name: str) -> Callable[[Source], Source]:
    """Registers a source, which gives what its reader may see and no more. Errors: ValueError if known."""

    def register(source: Source) -> Source:
        if name in _sources:
            raise ValueError(f"{name} is registered twice")
        _sources[name] = source
        return source

    return register


def obligations_of(reader: Any, window: Window) -> Iterator[Obligation]:
    """Everything dated that the person may see, source by source in the order of their names."""
    for name in sorted(_sources):
        yield from _sources[name](reader, window)
