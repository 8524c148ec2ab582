"""Writing an entry: the one way anything enters the journal."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction

from keepwell.journal import live
from keepwell.journal.kinds import Kind, checked_facts, kind_of
from keepwell.journal.models import Entry, EntrySubject
from keepwell.journal.reacting import react, settle
from keepwell.kit import clock

Subject = tuple[str, int]


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
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction(f"{kind} is to be recorded in the transaction of its change")
    declared = kind_of(kind)
    about = _without_repeats(subjects)
    with _changing() as change:
        entry = _written(declared, by=by, at=clock.instant(at), cause=change.cause, facts=facts or {})
        EntrySubject.objects.bulk_create(
            EntrySubject(entry=entry, kind=noun, subject_id=identity) for noun, identity in about
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


def _written(kind: Kind, *, by: Actor, at: datetime, cause: uuid.UUID, facts: Mapping[str, Any]) -> Entry:
    actor_kind, actor_id = by.actor_ref
    return Entry.objects.create(
        kind=kind.name,
        occurred_at=at,
        actor_kind=actor_kind,
        actor_id=actor_id,
        cause=cause,
        facts=checked_facts(kind, facts),
    )


def _without_repeats(subjects: Iterable[Subject]) -> list[Subject]:
    return list(dict.fromkeys(subjects))
