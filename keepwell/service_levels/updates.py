"""Updates that staff promised for an instant, beside the clocks: kept by the next contact."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from keepwell.journal.models import Entry
from keepwell.service_levels.models import PromisedUpdate

CONTACTS = frozenset({"message.sent", "case.contact_logged", "case.resolved"})
ENDS = frozenset({"case.withdrawn", "case.marked_spam", "case.merged"})


def settle_promised_update(case_id: int, entries: Iterable[Entry]) -> None:
    """The first contact after the promise ends it, kept or not; so does whatever ends the case."""
    ending = next((entry for entry in entries if entry.kind in CONTACTS | ENDS), None)
    if ending is None:
        return
    promised = PromisedUpdate.objects.select_for_update().filter(
        case_id=case_id, ended_at=None, promised_at__lt=ending.occurred_at
    )
    for update in promised:
        update.ended_at = ending.occurred_at
        update.was_kept = _is_kept(ending, update.due_at)
        update.save(update_fields=["ended_at", "was_kept"])


def _is_kept(ending: Entry, due_at: datetime) -> bool | None:
    return ending.occurred_at <= due_at if ending.kind in CONTACTS else None
