"""What some cases consist of, until all of it is written at once."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import Model

from keepwell.imports.in_bulk.copying import copy_columns, copy_models
from keepwell.imports.in_bulk.ids import Ids
from keepwell.imports.in_bulk.rows import Row
from keepwell.journal.kinds import checked_facts, kind_of
from keepwell.journal.models import Entry, EntrySubject
from keepwell.journal.recording import Subject
from keepwell.service_levels.caching import COLUMNS
from keepwell.service_levels.models import Clock, Passing

ActorRef = tuple[str, int | None]

# Random bits become a UUID of version 4 with these set and those cleared.
VERSION_4 = 0x4000_8000_0000_0000_0000
NOT_VERSION_4 = 0xB000_4000_0000_0000_0000


class Line(NamedTuple):
    """An entry of the journal. `id` is its place on the sheet; its own it gets when all of them are there."""

    id: int
    kind: str
    occurred_at: datetime
    actor_kind: str
    actor_id: int | None
    cause: bytes
    facts: dict[str, Any]
    about: Sequence[Subject]


class Sheet:
    """Rows by their model, lines of the journal, and clocks as the values of their columns.

    Whatever names an entry names its place on the sheet.
    """

    def __init__(self, chance: random.Random) -> None:
        self.ids = Ids()
        self.chance = chance
        self.lines: list[Line] = []
        self.clocks: list[tuple[Any, ...]] = []
        self._rows: dict[type[Model], list[Any]] = defaultdict(list)

    def add(self, row: Row) -> Row:
        self._rows[type(row)].append(row)
        return row

    def new_cause(self) -> bytes:
        """A UUID, as the bytes it consists of."""
        return (self.chance.getrandbits(128) & ~NOT_VERSION_4 | VERSION_4).to_bytes(16)

    def record(
        self,
        kind: str,
        *,
        by: ActorRef,
        at: datetime,
        cause: bytes,
        about: Sequence[Subject],
        facts: Mapping[str, Any],
    ) -> None:
        stored = checked_facts(kind_of(kind), facts)
        self.lines.append(Line(len(self.lines), kind, at, *by, cause, stored, about))

    def write(self) -> None:
        """Everything into the database. Entries get their ids in the order in which things happened."""
        if not self.lines:
            return
        entries = self._numbered()
        self._name_entries(entries)
        for rows in self._rows.values():
            copy_models(rows)
        self._write_clocks(entries)
        self._write_journal(entries)

    def _numbered(self) -> list[int]:
        """The id of each line."""
        in_time = sorted(self.lines, key=attrgetter("occurred_at"))
        entries = [0] * len(in_time)
        for line, entry in zip(in_time, self.ids.many_of(Entry, len(in_time)), strict=True):
            entries[line.id] = entry
        return entries

    def _name_entries(self, entries: list[int]) -> None:
        for passing in self._rows[Passing]:
            passing.started_by = entries[passing.started_by]
        for line in self.lines:
            if "started_by" in line.facts:
                line.facts["started_by"] = entries[line.facts["started_by"]]

    def _write_clocks(self, entries: list[int]) -> None:
        if not self.clocks:
            return
        names = ("case_id", *COLUMNS)
        columns: dict[str, Sequence[Any]] = dict(zip(names, zip(*self.clocks, strict=True), strict=True))
        columns["started_by"] = [entries[place] for place in columns["started_by"]]
        for name in ("stopped_by", "void_by"):
            columns[name] = [None if place is None else entries[place] for place in columns[name]]
        copy_columns(Clock, columns)

    def _write_journal(self, entries: list[int]) -> None:
        columns = dict(zip(Line._fields, zip(*self.lines, strict=True), strict=True))
        about = columns.pop("about")
        copy_columns(Entry, {**columns, "id": entries})
        subjects = list(chain.from_iterable(about))
        copy_columns(
            EntrySubject,
            {
                "entry_id": [entry for entry, nouns in zip(entries, about, strict=True) for _noun in nouns],
                "kind": [noun for noun, _identity in subjects],
                "subject_id": [identity for _noun, identity in subjects],
            },
        )
