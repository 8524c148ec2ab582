"""A case while its story goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from keepwell.cases.changing import into, subjects_of
from keepwell.cases.models import Case, Closure, Escalation, LevelStay
from keepwell.cases.states import State
from keepwell.imports.in_bulk.rows import made
from keepwell.imports.in_bulk.sheet import ActorRef, Line, Sheet
from keepwell.journal.recording import Subject
from keepwell.operate.load.places import Customer, Places


@dataclass(kw_only=True)
class UnderWay:
    """A case with what may still change on it; everything that hangs on it stands on the sheet.

    `window_for` says how long a case of an account that ends at an instant can be reopened. `about` is what
    its entries are about, `thread` the same for those that tell of words.
    """

    sheet: Sheet
    places: Places
    customer: Customer
    opener: tuple[int, int]
    recipients: list[int] = field(init=False)
    window_for: Callable[[int, datetime], timedelta]
    case: Case = field(init=False)
    about: list[Subject] = field(init=False)
    thread: list[Subject] = field(init=False)
    stay: LevelStay = field(init=False)
    hand_off: Escalation | None = None
    closure: Closure | None = None
    first_line: int = field(init=False)

    def __post_init__(self) -> None:
        self.first_line = len(self.sheet.lines)
        self.recipients = [self.opener[0]]

    def open(self, case: Case) -> None:
        self.case = self.sheet.add(case)
        self.about = subjects_of(case)
        self.thread = [*self.about, ("conversation", case.conversation_id)]

    @property
    def lines(self) -> list[Line]:
        """What was recorded of this case."""
        return self.sheet.lines[self.first_line :]

    def staff(self, key: str) -> ActorRef:
        return "person", self.places.staff[key]

    @property
    def customer_ref(self) -> ActorRef:
        return "person", self.opener[1]

    def record(
        self,
        kind: str,
        *,
        by: ActorRef,
        at: datetime,
        cause: bytes,
        about: Sequence[Subject] | None = None,
        facts: Mapping[str, Any] | None = None,
    ) -> None:
        """An entry, about the case where nothing else is named."""
        self.sheet.record(kind, by=by, at=at, cause=cause, about=about or self.about, facts=facts or {})

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
            made(LevelStay, case_id=case.id, level=case.level, team_id=case.team_id, entered_at=at)
        )

    def leave(self, at: datetime) -> None:
        self.stay.left_at = at
