"""How every verb ends: the row, its version, and the one entry that tells of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from keepwell.cases.models import Case
from keepwell.cases.states import State
from keepwell.journal.models import Entry
from keepwell.journal.recording import Actor, Subject, record


def change(
    case: Case,
    kind: str,
    *,
    by: Actor,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    columns: Mapping[str, Any] | None = None,
) -> Case:
    """Writes the columns of the locked case and records what happened, which its version counts."""
    write(case, at, columns or {})
    tell(case, kind, by=by, at=at, facts=facts)
    return case


def write(case: Case, at: datetime, columns: Mapping[str, Any]) -> None:
    """Writes the columns; the case is one version further, changed at `at` or at its last change if later."""
    for name, value in columns.items():
        setattr(case, name, value)
    case.version += 1
    case.changed_at = max(case.changed_at, at)
    case.save(update_fields=[*columns, "version", "changed_at"])


def tell(case: Case, kind: str, *, by: Actor, at: datetime, facts: Mapping[str, Any] | None = None) -> Entry:
    return record(kind, by=by, at=at, subjects=subjects_of(case), facts=facts)


def subjects_of(case: Case) -> list[Subject]:
    """What the entries of a case and of its messages are about."""
    subjects: list[Subject] = [("case", case.pk)]
    if case.account_id is not None:
        subjects.append(("account", case.account_id))
    return subjects


def into(state: State, at: datetime) -> dict[str, Any]:
    """The columns of a case that goes into a state, but for those that only ended ones have."""
    columns: dict[str, Any] = {"state": state.value, "state_changed_at": at, "scheduled_until_at": None}
    if state not in (State.RESOLVED, State.CLOSED):
        columns |= {"resolved_at": None, "closed_at": None, "reopenable_until_at": None}
    return columns
