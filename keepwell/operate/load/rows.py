"""The rows of one case as its story goes on."""

from __future__ import annotations

import random
import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model

from keepwell.cases.changing import into, subjects_of
from keepwell.cases.models import Case
from keepwell.cases.states import State
from keepwell.journal.kinds import checked_facts, kind_of
from keepwell.journal.models import Entry
from keepwell.journal.recording import Subject
from keepwell.operate.load.copying import Ids
from keepwell.operate.load.places import Customer, Places

ActorRef = tuple[str, int | None]


@dataclass(kw_only=True)
class UnderWay:
    """A case, everything that hangs on it, and its entries, numbered from 1 until all are known.

    `window_for` says how long a case of an account that ends at an instant can be reopened.
    """

    places: Places
    customer: Customer
    opener: tuple[int, int]
    ids: Ids
    chance: random.Random
    window_for: Callable[[int, datetime], timedelta]
    case: Case = field(default_factory=Case)
    rows: dict[type[Model], list[Any]] = field(default_factory=lambda: defaultdict(list))
    entries: list[Entry] = field(default_factory=list)
    subjects: list[list[Subject]] = field(default_factory=list)

    def add(self, row: Any) -> Any:
        self.rows[type(row)].append(row)
        return row

    def last(self, model: type[Model]) -> Any:
        return self.rows[model][-1]

    def staff(self, key: str) -> ActorRef:
        return "person", self.places.staff[key]

    @property
    def customer_ref(self) -> ActorRef:
        return "person", self.opener[1]

    def new_cause(self) -> uuid.UUID:
        return uuid.UUID(int=self.chance.getrandbits(128), version=4)

    def record(
        self,
        kind: str,
        *,
        by: ActorRef,
        at: datetime,
        cause: uuid.UUID,
        subjects: list[Subject] | None = None,
        facts: Mapping[str, Any] | None = None,
    ) -> Entry:
        """An entry, about the case and its account where no subjects are named."""
        entry = Entry(
            pk=len(self.entries) + 1,
            kind=kind,
            occurred_at=at,
            actor_kind=by[0],
            actor_id=by[1],
            cause=cause,
            facts=checked_facts(kind_of(kind), facts or {}),
        )
        self.entries.append(entry)
        self.subjects.append(subjects if subjects is not None else subjects_of(self.case))
        return entry

    def write(self, at: datetime, **columns: Any) -> None:
        """The case is one version further."""
        for name, value in columns.items():
            setattr(self.case, name, value)
        self.case.version += 1
        self.case.changed_at = max(self.case.changed_at, at)

    def go(self, state: State, at: datetime, **columns: Any) -> None:
        self.write(at, **into(state, at), **columns)
