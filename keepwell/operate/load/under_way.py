"""A case while its story goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from keepwell.cases.changing import subjects_of
from keepwell.cases.models import Case, Closure, Escalation, LevelStay
from keepwell.imports.in_bulk.moving import Moving
from keepwell.imports.in_bulk.sheet import ActorRef, Sheet
from keepwell.journal.recording import Subject
from keepwell.operate.load.places import Customer, Places

# Of these the conversation tells too.
OF_WORDS = ("message.written", "message.sent", "message.received", "note.added")


@dataclass(kw_only=True)
class UnderWay(Moving):
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
    stay: LevelStay | None = None
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
        facts: Mapping[str, Any] | None = None,
    ) -> None:
        """An entry about the case; one that tells of words is about its conversation too."""
        about = self.thread if kind in OF_WORDS else self.about
        self.sheet.record(kind, by=by, at=at, cause=cause, about=about, facts=facts or {})
