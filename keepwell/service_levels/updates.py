"""Updates that staff promised for an instant, beside the clocks: kept by the next contact."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from keepwell.conversations.models import Message
from keepwell.journal.models import Entry
from keepwell.service_levels.models import PromisedUpdate

CONTACTS = frozenset({"message.sent", "case.contact_logged", "case.resolved"})
ENDS = frozenset({"case.withdrawn", "case.marked_spam", "case.merged"})


def settle_promised_update(case_id: int, entries: Iterable[Entry]) -> None:
    """The first contact after the promise ends it, kept or not; so does whatever ends the case.

    An answer that was written by the time of the promise, and leaves after it, does not keep it.
    """
    for ending in entries:
        if ending.kind in CONTACTS | ENDS:
            _settle(case_id, ending)


def forget_promise_of(message: Message) -> int | None:
    """An answer taken back takes along the promise that its writer made in the same breath.

    Gives the case whose promise that was; None where there was none.
    """
    promised = PromisedUpdate.objects.select_for_update(of=("self",)).filter(
        case__conversation=message.conversation_id,
        promised_by=message.author_user_id,
        promised_at=message.written_at,
        ended_at=None,
    )
    for update in promised:
        update.ended_at = update.promised_at
        update.save(update_fields=["ended_at"])
        return update.case_id
    return None


def _settle(case_id: int, ending: Entry) -> None:
    promised = PromisedUpdate.objects.select_for_update().filter(
        case_id=case_id, ended_at=None, promised_at__lt=_said_at(ending)
    )
    for update in promised:
        update.ended_at = ending.occurred_at
        update.was_kept = _is_kept(ending, update.due_at)
        update.save(update_fields=["ended_at", "was_kept"])


def _said_at(ending: Entry) -> datetime:
    """When its words were: those of an answer when they were written, for it leaves a moment later."""
    if ending.kind != "message.sent":
        return ending.occurred_at
    written = Message.objects.filter(pk=ending.fact("message")).values_list("written_at", flat=True).first()
    return min(written, ending.occurred_at) if written else ending.occurred_at


def _is_kept(ending: Entry, due_at: datetime) -> bool | None:
    return ending.occurred_at <= due_at if ending.kind in CONTACTS else None
