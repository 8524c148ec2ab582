"""Writing an entry: the one way anything enters the journal."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.db import connection

from keepwell.journal import live
from keepwell.journal.kinds import checked_facts, kind_of
from keepwell.journal.models import Entry
from keepwell.journal.reacting import react, settle
from keepwell.kit import clock

Subject = tuple[str, int]

# The entry and its subjects in one statement: every change writes some, and a submission seven.
WRITE = """
    WITH written AS (
        INSERT INTO keepwell_journal_entry (kind, occurred_at, actor_kind, actor_id, cause, facts)
        VALUES (%s, %s, %s, %s, %s, %s::jsonb)
        RETURNING id, recorded_at
    ), about AS (
        INSERT INTO keepwell_journal_entrysubject (entry_id, kind, subject_id)
        SELECT written.id, subject ->> 0, (subject ->> 1)::bigint
        FROM written, jsonb_array_elements(%s::jsonb) AS subject
    )
    SELECT id, recorded_at FROM written
"""


@dataclass(frozen=True)
class _Change:
    """A change under way: its cause, what was recorded about each subject so far, and who is to hear of it.

    `telling` maps each live topic to the newest entry under it.
    """

    cause: uuid.UUID
    touched: dict[Subject, list[Entry]] = field(default_factory=dict)
    telling: dict[str, int] = field(default_factory=dict)


_change: ContextVar[_Change | None] = ContextVar("change", default=None)


class Actor(Protocol):
    """Anything that can do something: a person, a contact, a part of the system."""

    @property
    def actor_ref(self) -> tuple[str, int | None]: ...


class NotInTransaction(RuntimeError):
    """An entry was to be recorded outside a transaction: it could survive a change that did not."""


def record(
    kind: str,
    *,
    by: Actor,
    at: datetime | None = None,
    subjects: Iterable[Subject],
    facts: Mapping[str, Any] | None = None,
) -> Entry:
    """Records that something happened, and lets the higher slices react in the same transaction.

    `at` is when it happened (now if None); the database adds when it was written. Entries written
    inside `caused_by` share a cause, and so do all entries that reactions write.
    Errors: UnknownKind, FactRefused, NotInTransaction.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction(f"{kind} is to be recorded in the transaction of its change")
    declared = kind_of(kind)
    about = _without_repeats(subjects)
    with _changing() as change:
        entry = _written(
            Entry(
                kind=declared.name,
                occurred_at=clock.instant(at),
                actor_kind=by.actor_ref[0],
                actor_id=by.actor_ref[1],
                cause=change.cause,
                facts=checked_facts(declared, facts or {}),
            ),
            about,
        )
        for subject in about:
            change.touched.setdefault(subject, []).append(entry)
        change.telling.update(dict.fromkeys(live.topics_of(declared, about), entry.pk))
        react(entry)
    return entry


@contextmanager
def caused_by(cause: uuid.UUID | None = None) -> Iterator[uuid.UUID]:
    """Entries recorded inside share one cause, so that a change and its consequences are read as one."""
    with _changing(cause) as change:
        yield change.cause


@contextmanager
def _changing(cause: uuid.UUID | None = None) -> Iterator[_Change]:
    """The change under way, or a new one that settles when it ends well."""
    under_way = _change.get()
    if under_way is not None:
        yield under_way
        return
    change = _Change(cause or uuid.uuid4())
    token = _change.set(change)
    try:
        yield change
        settle(change.touched)
        live.tell_all(change.telling)
    finally:
        _change.reset(token)


def _written(entry: Entry, about: Iterable[Subject]) -> Entry:
    columns = (entry.kind, entry.occurred_at, entry.actor_kind, entry.actor_id, entry.cause)
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [*columns, json.dumps(entry.facts), json.dumps(about)])
        entry.pk, entry.recorded_at = cursor.fetchone()
    entry.about = tuple(about)
    entry._state.adding = False
    return entry


def _without_repeats(subjects: Iterable[Subject]) -> list[Subject]:
    return list(dict.fromkeys(subjects))
