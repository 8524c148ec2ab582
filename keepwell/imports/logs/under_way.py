"""One case while its history is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from keepwell.cases.changing import into, subjects_of
from keepwell.cases.models import Case, Closure, LevelStay
from keepwell.cases.states import State
from keepwell.imports.in_bulk.rows import made
from keepwell.imports.in_bulk.sheet import Line, Sheet
from keepwell.journal.recording import Subject
from keepwell.people.actors import System

BY = System("import")
BY_REF = BY.actor_ref

WindowFor = Callable[[int | None, datetime], timedelta]


@dataclass(kw_only=True)
class UnderWay:
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

    @property
    def lines(self) -> list[Line]:
        """What was recorded of it now. It is the last case on the sheet."""
        return self.sheet.lines[self.first_line :]

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

    def write(self, at: datetime, **columns: Any) -> None:
        """The case is one version further."""
        case = self.case
        vars(case).update(columns)
        case.version += 1
        case.changed_at = max(case.changed_at, at)

    def go(self, state: State, at: datetime, **columns: Any) -> None:
        self.write(at, **into(state, at), **columns)

    def enter(self, at: datetime) -> None:
        """The case is at its level and team from now on."""
        case = self.case
        self.stay = self.sheet.add(
            made(LevelStay, case_id=case.pk, level=case.level, team_id=case.team_id, entered_at=at)
        )

    def leave(self, at: datetime) -> None:
        if self.stay is not None:
            self.stay.left_at = max(at, self.stay.entered_at)
            self.stay = None

    def save(self) -> None:
        """What became of rows that stood in the database; before new ones come in beside them."""
        if not self.is_new:
            self.case.save()
            for row in self._kept:
                row.save()


Player = Callable[[UnderWay, datetime], None]
