"""What any case does on a sheet, whoever tells its story."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from keepwell.cases.changing import into
from keepwell.cases.models import Case, LevelStay
from keepwell.cases.states import State
from keepwell.cases.turns import Told, Turn, turns_until
from keepwell.imports.in_bulk.rows import made
from keepwell.imports.in_bulk.sheet import Line, Sheet


class Moving:
    """A case with what may still change on it. `stay` is where it is now; None once it has ended.

    `first_line`: where on the sheet its own lines begin.
    """

    sheet: Sheet
    case: Case
    stay: LevelStay | None
    first_line: int

    @property
    def lines(self) -> list[Line]:
        """What was recorded of it now. It is the last case on the sheet."""
        return self.sheet.lines[self.first_line :]

    @property
    def told(self) -> Iterator[Told]:
        """All that was recorded of it so far."""
        return ((line.kind, line.occurred_at) for line in self.lines)

    def turns(self, ended_at: datetime) -> dict[Turn, timedelta]:
        """Whose turn it was until then: columns of a closure."""
        return turns_until(ended_at, self.told)

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
