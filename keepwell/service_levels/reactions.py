"""Whatever is recorded about a case moves its clocks, in the same transaction; a policy gives its window."""

from __future__ import annotations

from datetime import datetime, timedelta

from keepwell.cases.models import Case
from keepwell.cases.reopening_window import window_given_by
from keepwell.conversations.models import Message
from keepwell.journal.models import Entry
from keepwell.journal.reacting import on, when_settled
from keepwell.service_levels.caching import begin, refresh
from keepwell.service_levels.history import ABSORBED, READ_KINDS
from keepwell.service_levels.models import PolicyVersion
from keepwell.service_levels.promises import Promises
from keepwell.service_levels.updates import forget_promise_of, settle_promised_update

MOVING = frozenset(READ_KINDS)
# After these a case that was just opened has more to its clocks than its own entries of this change.
BRINGING_MORE = frozenset({ABSORBED, "update.promised"})


@on("message.undone")
def forget_the_promise(entry: Entry) -> None:
    for message in Message.objects.filter(pk=entry.fact("message")):
        case_id = forget_promise_of(message)
        if case_id is not None:
            refresh(case_id)


@when_settled("case")
def keep_clocks(case_id: int, entries: list[Entry]) -> None:
    kinds = {entry.kind for entry in entries}
    if "case.opened" in kinds and not kinds & BRINGING_MORE:
        begin(case_id, entries)
    elif kinds & MOVING:
        settle_promised_update(case_id, entries)
        refresh(case_id)


@window_given_by
def window_of(case: Case, ended_at: datetime) -> timedelta:
    """How long a case that ends now can be reopened: as its account's policy says at that instant."""
    version = Promises().version_at(case.account_id, ended_at)
    return timedelta(days=PolicyVersion.objects.values_list("reopen_days", flat=True).get(pk=version))
