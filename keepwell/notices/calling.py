"""A case of High outside the support hours asks whoever is on call, until somebody has it in hand."""

from __future__ import annotations

from datetime import timedelta

from keepwell.cases.models import Case
from keepwell.journal.models import Entry
from keepwell.kit import clock
from keepwell.people.actors import Recorded
from keepwell.staffing.queries import is_support_closed, who_to_call
from keepwell.staffing.verbs.calling_out import call_out, end_call_out

# A case that was written down later than this after it came in is no call in the night.
CALLS_WITHIN = timedelta(hours=12)


def call_for(entry: Entry) -> None:
    """Whoever is on call is asked to look at a case that is High from now on, if support is closed.

    Where no rota is in force nobody is asked. Whoever did it himself, and is in line or has the case, sits
    at it already.
    """
    now = clock.now()
    if entry.occurred_at <= now - CALLS_WITHIN or not is_support_closed(now):
        return
    called = who_to_call(now)
    doer = entry.actor_id if entry.actor_kind == "person" else None
    if called is None or doer in called.line:
        return
    for case in Case.objects.filter(pk__in=entry.ids_of("case"), is_imported=False):
        if doer is None or case.assignee_id != doer:
            call_out(("case", case.pk), called.line, within=called.answer_within, at=now)


def call_no_more(entry: Entry) -> None:
    """The case is in somebody's hands, or does not ask any more."""
    for case in entry.ids_of("case"):
        end_call_out(("case", case), by=Recorded(entry.actor_ref), at=entry.occurred_at)
