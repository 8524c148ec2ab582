"""What the customer says about his case, whatever became of it meanwhile."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from keepwell.cases.changing import subjects_of
from keepwell.cases.locking import lock
from keepwell.cases.models import Case
from keepwell.cases.new_case import NewCase
from keepwell.cases.states import ENDED_STATES
from keepwell.cases.verbs.opening import open_case
from keepwell.cases.windows import is_within
from keepwell.conversations.authors import customer_author
from keepwell.conversations.models import Direction, Message
from keepwell.conversations.saying_again import said_already
from keepwell.conversations.verbs.receiving import receive
from keepwell.conversations.words import Words
from keepwell.customers.models import Contact
from keepwell.customers.queries import contact_of
from keepwell.journal.recording import Actor, caused_by
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits


@all_or_nothing()
def customer_replies(
    case: Case, words: Words, *, seen_through: int | None = None, by: Actor, at: datetime | None = None
) -> Case:
    """The words are kept, and the case they now belong to is given back.

    To a case that waits for the customer: it is open again. To one that has ended, within its window: it
    is reopened; after it: a new case begins that is linked to the old one. To one that was merged: they
    go to the survivor. `seen_through` is the last message on the page he wrote on: sent twice from there,
    they are kept once. Effects: message.received, and what follows from it; or those of a new case.
    """
    permits.require(by, "case.reply")
    at = clock.instant(at)
    standing = _standing(case)
    if seen_through is not None and (taken := _taken_before(standing, words, seen_through, by)):
        return taken
    if _is_over(standing, at):
        return open_case(_follow_up(standing, words, by), by=by, at=at)
    with caused_by():
        receive(standing.conversation, words, about=subjects_of(standing), by=by, at=at)
    standing.refresh_from_db()
    return standing


def _standing(case: Case) -> Case:
    """The locked case, or the survivor it was merged into. No survivor is ever merged itself."""
    locked = lock(case)
    return lock(locked.merged_into) if locked.merged_into else locked


def _taken_before(case: Case, words: Words, seen_through: int, by: Any) -> Case | None:
    """The case that has these words of his from this page already; the lock on the old one orders the two."""
    here = Q(conversation=case.conversation_id) | Q(conversation__case__follow_up_of=case)
    own = Message.objects.filter(here, pk__gt=seen_through, direction=Direction.IN, **customer_author(by))
    said = said_already(words, own.order_by("pk"))
    return Case.objects.get(conversation=said.conversation_id) if said else None


def _is_over(case: Case, at: datetime) -> bool:
    has_ended = case.state in ENDED_STATES and not case.is_spam
    return has_ended and not is_within(at, case.reopenable_until_at)


def _follow_up(case: Case, words: Words, by: Any) -> NewCase:
    return NewCase(
        subject=case.subject,
        contact=_writer(by) or case.contact,
        words=words,
        severity=case.severity,
        situation=case.situation,
        account=case.account,
        product=case.product,
        deployment=case.deployment,
        is_private=case.is_private,
        tags=tuple(case.tags),
        follow_up_of=case,
    )


def _writer(by: Any) -> Contact | None:
    noun, identity = by.actor_ref
    if noun == "contact":
        return Contact.objects.get(pk=identity)
    return contact_of(by) if noun == "person" else None
