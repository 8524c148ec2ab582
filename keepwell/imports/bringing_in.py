"""Trying and applying a whole file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from django.db import DataError, transaction
from django.utils.translation import gettext as _

from keepwell.imports.columns import Column
from keepwell.imports.kinds import (
    accounts,
    contacts,
    contracts,
    products,
    renewals,
    staff,
    subscriptions,
    versions,
)
from keepwell.imports.report import Outcome, Problem, Report
from keepwell.imports.tables import Line, Table, read_table, too_many_cells
from keepwell.journal.recording import Actor, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.refusals import Refused
from keepwell.people import permits


class Step(Protocol):
    """One line brought in through the verbs."""

    def __call__(self, line: Line, *, by: Actor, at: datetime) -> Outcome: ...


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What a file can be of. Each of `steps` goes over all lines before the next one begins.

    `which` says what a line is about, where that may stand in a file only once; None: anything may be
    repeated.
    """

    columns: Sequence[Column]
    steps: Sequence[Step]
    which: Callable[[Line], Hashable] | None = None


KINDS: dict[str, Kind] = {
    "accounts": Kind(columns=accounts.COLUMNS, steps=(accounts.bring_in, accounts.put_in_place)),
    "contacts": Kind(columns=contacts.COLUMNS, steps=(contacts.bring_in,)),
    "contracts": Kind(columns=contracts.COLUMNS, steps=(contracts.bring_in,)),
    "products": Kind(columns=products.COLUMNS, steps=(products.bring_in,)),
    "renewals": Kind(columns=renewals.COLUMNS, steps=(renewals.bring_in,)),
    "staff": Kind(columns=staff.COLUMNS, steps=(staff.bring_in,)),
    "subscriptions": Kind(columns=subscriptions.COLUMNS, steps=(subscriptions.bring_in,)),
    "versions": Kind(columns=versions.COLUMNS, steps=(versions.bring_in,), which=versions.which),
}


def run(
    kind: str, content: bytes, *, is_applied: bool = False, by: Actor, at: datetime | None = None
) -> Report:
    """Tries the file, or applies it: then all its lines are kept, or none if one has a problem.

    Effects: import.applied, and what each line's verbs record. Errors: TableRefused if the file as a whole
    cannot be read; KeyError for an unknown kind.
    """
    permits.require(by, "import.run")
    chosen = KINDS[kind]
    table = read_table(content, chosen.columns)
    walk = _Walk(by=by, at=clock.instant(at))
    try:
        with all_or_nothing(), caused_by():
            if chosen.which:
                walk.refuse_repeated(table, chosen.which)
            for step in chosen.steps:
                walk.over(table, step)
            if walk.problems or not is_applied:
                raise _Undone
            walk.record(kind)
    except _Undone:
        is_applied = False
    return walk.report(kind, table, is_applied)


def pattern(kind: str) -> str:
    """The heading of a file of this kind, for somebody who begins one."""
    return ",".join(column.name for column in KINDS[kind].columns) + "\r\n"


class _Undone(Exception):
    """Ends the transaction of a trial, or of a file with problems."""


@dataclass(kw_only=True)
class _Walk:
    by: Actor
    at: datetime
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    problems: dict[int, Problem] = field(default_factory=dict)

    def refuse_repeated(self, table: Table, which: Callable[[Line], Hashable]) -> None:
        """Of lines about the same thing the first counts, and the others are refused: they may differ."""
        first: dict[Hashable, int] = {}
        for line in table.lines:
            number = first.setdefault(which(line), line.number)
            if number != line.number:
                self._refuse(line, _("The same stands in line %(number)s already.") % {"number": number})

    def over(self, table: Table, step: Step) -> None:
        for line in table.lines:
            if line.number not in self.problems:
                self._take(line, step)

    def _take(self, line: Line, step: Step) -> None:
        if line.too_many_cells:
            self._refuse(line, too_many_cells(line))
            return
        try:
            with transaction.atomic():
                outcome = step(line, by=self.by, at=self.at)
        except Refused as refusal:
            self._refuse(line, str(refusal))
        except DataError:
            self._refuse(line, _("Something in this line is too long."))
        else:
            before = self.outcomes.get(line.number, Outcome.UNCHANGED)
            self.outcomes[line.number] = before if before != Outcome.UNCHANGED else outcome

    def _refuse(self, line: Line, words: str) -> None:
        self.problems[line.number] = Problem(line=line.number, words=words)
        self.outcomes.pop(line.number, None)

    def record(self, kind: str) -> None:
        counts = Counter(self.outcomes.values())
        facts = {outcome.value: counts[outcome] for outcome in Outcome}
        record("import.applied", by=self.by, at=self.at, subjects=[], facts={"kind": kind, **facts})

    def report(self, kind: str, table: Table, is_applied: bool) -> Report:
        return Report(
            kind=kind,
            outcomes=Counter(self.outcomes.values()),
            problems=tuple(self.problems[number] for number in sorted(self.problems)),
            left_out=table.left_out,
            is_applied=is_applied,
        )
