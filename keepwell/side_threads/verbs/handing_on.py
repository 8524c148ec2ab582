"""A case that is merged into another hands its side threads on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from keepwell.cases.models import Case
from keepwell.journal.recording import Actor, record
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.side_threads.about import subjects_of
from keepwell.side_threads.models import SideThread


@all_or_nothing()
def hand_on(cases: Iterable[int], into: Case, *, by: Actor, at: datetime | None = None) -> int:
    """The side threads of these cases stand beside the other one; answers to them come there. Gives how many.

    The caller has asked for the permit. Effects: side_thread.handed_on for each.
    """
    standing = SideThread.objects.select_for_update(of=("self",)).filter(case__in=list(cases))
    handed = list(standing.select_related("case").order_by("pk"))
    for thread in handed:
        before, thread.case = thread.case_id, into
        thread.save(update_fields=["case"])
        facts = {"side_thread": thread.pk, "from_case": before}
        record("side_thread.handed_on", by=by, at=at, subjects=subjects_of(thread), facts=facts)
    return len(handed)
