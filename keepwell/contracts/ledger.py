"""A line of the ledger of prepaid hours, and what the journal hears of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from keepwell.contracts.about import subjects_of
from keepwell.contracts.models import Contract, HoursEntry
from keepwell.contracts.new_contract import Cause
from keepwell.contracts.prepaid import Line
from keepwell.journal.recording import Actor, record

LONGEST_REASON = 2000


@dataclass(frozen=True, kw_only=True)
class NewLine:
    """What is added to the ledger of the contract year that begins on `year_starts_on`."""

    line: Line
    minutes: int
    year_starts_on: date
    cause: Cause = field(default_factory=Cause)
    reverses: HoursEntry | None = None
    is_beyond: bool = False
    reason: str = ""


def add_line(contract: Contract, new: NewLine, *, by: Actor, at: datetime) -> HoursEntry:
    """Adds the line and records it. The caller holds the contract's lock and has judged it."""
    noun, person = by.actor_ref
    entry = HoursEntry.objects.create(
        contract=contract,
        line=new.line.value,
        minutes=new.minutes,
        year_starts_on=new.year_starts_on,
        cause_kind=new.cause.kind,
        cause_id=new.cause.id,
        reverses=new.reverses,
        is_beyond=new.is_beyond,
        reason=new.reason.strip()[:LONGEST_REASON],
        by_id=person if noun == "person" else None,
        happened_at=at,
    )
    about = subjects_of(contract, ("hours", entry.pk))
    record(f"hours.{new.line.value}", by=by, at=at, subjects=about, facts=_facts(entry, new))
    return entry


def _facts(entry: HoursEntry, new: NewLine) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "minutes": new.minutes,
        "year_starts_on": new.year_starts_on.isoformat(),
        "line": entry.pk,
    }
    if new.line == Line.USED:
        facts |= {"beyond": new.is_beyond, "cause_kind": new.cause.kind, "cause_id": new.cause.id}
    if new.reverses:
        facts["reverses"] = new.reverses.pk
    return facts
