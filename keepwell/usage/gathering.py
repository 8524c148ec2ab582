"""Rows of a file or a view into events, as tables that can be folded; with what is wrong in which line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from keepwell.usage.landing import person_keys, put_apart
from keepwell.usage.models import Source
from keepwell.usage.parquet import EVENT, table_of
from keepwell.usage.taking.message import Event, MessageRefused, Received, event_in
from keepwell.usage.uploads import Row, message_of

PROBLEMS_KEPT = 1000


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is wrong in a line, in words."""

    line: int
    words: str


@dataclass(kw_only=True)
class Gathered:
    """What was found in a file: how many events on which days, how many put apart, and what is wrong."""

    events: int = 0
    apart: int = 0
    days: set[date] = field(default_factory=set)
    wrong: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not self.wrong


def gather(
    source: Source, rows: Iterable[tuple[int, Row]], found: Gathered, *, at: datetime
) -> Iterator[Event]:
    """The events of the rows; what is found, and what is wrong, goes into `found`."""
    came = Received(received_at=at, sent_at=None, salt=source.salt)
    for line, row in rows:
        try:
            event = event_in(message_of(row), came)
        except MessageRefused as refusal:
            found.wrong += 1
            if len(found.problems) < PROBLEMS_KEPT:
                found.problems.append(Problem(line=line, words=str(refusal)))
            continue
        if event.apart:
            found.apart += 1
        else:
            found.events += 1
            found.days.add(event.occurred_at.date())
        yield event


def as_table(source: Source, events: Sequence[Event], *, at: datetime) -> Any:
    """Those that can be believed as an Arrow table (`parquet.EVENT`); the others are put apart."""
    put_apart(source, [event for event in events if event.apart], at)
    believed = [event for event in events if not event.apart]
    keys = person_keys(source, {event.user_id for event in believed if event.user_id})
    return table_of(
        EVENT, ((source.pk, *_columns(event), keys.get(event.user_id, ""), _s(event)) for event in believed)
    )


def _columns(event: Event) -> tuple[Any, ...]:
    return (event.message_id, event.content_hash, event.kind, event.event, event.module, event.group_key)


def _s(event: Event) -> int:
    return int(event.occurred_at.timestamp())
