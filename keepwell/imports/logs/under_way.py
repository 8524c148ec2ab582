"""One case while its history is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from keepwell.cases.changing import subjects_of
from keepwell.cases.models import Case, Closure, LevelStay
from keepwell.cases.turns import Told
from keepwell.imports.in_bulk.moving import Moving
from keepwell.imports.in_bulk.sheet import Sheet
from keepwell.journal.models import Entry
from keepwell.journal.recording import Subject
from keepwell.people.actors import System

BY = System("import")
BY_REF = BY.actor_ref

WindowFor = Callable[[int | None, datetime], timedelta]


@dataclass(kw_only=True)
class UnderWay(Moving):
    """A case with what may still change on it; what is new about it stands on the sheet.

    `is_new`: the case itself does. Else its rows are in the database, and `save` writes what became of them.
    `stay` and `closure` are those that hold now, or None.
    """

    sheet: Sheet
    window_for: WindowFor
    case: Case
    is_new: bool
    stay: LevelStay | None = None
    closure: Closure | None = None
    first_line: int = field(init=False)
    _kept: list[LevelStay | Closure] = field(init=False)

    def __post_init__(self) -> None:
        self.first_line = len(self.sheet.lines)
        self._kept = [] if self.is_new else [row for row in (self.stay, self.closure) if row is not None]

    def record(
        self,
        kind: str,
        at: datetime,
        facts: Mapping[str, Any] | None = None,
        *,
        cause: bytes | None = None,
        is_said: bool = False,
    ) -> None:
        """An entry about the case; `is_said`: one that tells of words, and so about its conversation too."""
        about: Sequence[Subject] = subjects_of(self.case)
        if is_said:
            about = [*about, ("conversation", self.case.conversation_id)]
        self.sheet.record(
            kind, by=BY_REF, at=at, cause=cause or self.sheet.new_cause(), about=about, facts=facts or {}
        )

    @property
    def told(self) -> Iterator[Told]:
        """All that was recorded of it so far, in the journal too."""
        if self.is_new:
            return super().told
        before = Entry.objects.about("case", self.case.pk).order_by()
        return chain(before.values_list("kind", "occurred_at"), super().told)

    def save(self) -> None:
        """What became of rows that stood in the database; before new ones come in beside them."""
        if not self.is_new:
            self.case.save()
            for row in self._kept:
                row.save()


Player = Callable[[UnderWay, datetime], None]
