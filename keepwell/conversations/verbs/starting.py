"""Beginning a conversation."""

from __future__ import annotations

from datetime import datetime

from keepwell.conversations.models import Conversation, Participant, PartRole, Serves
from keepwell.customers.models import Account, Contact
from keepwell.journal.recording import Actor, Subject, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits


@all_or_nothing()
def start(
    *,
    serves: str,
    account: Account | None = None,
    opener: Contact | None = None,
    is_private: bool = False,
    by: Actor,
    at: datetime | None = None,
) -> Conversation:
    """There is a conversation from now on, and the opener takes part in it.

    Where the contact himself starts it without being signed in, his address is not proven by that: he
    waits for `confirm`, and until then nobody of his account sees it. Effects: conversation.started.
    """
    permits.require(by, "case.open")
    at = clock.instant(at)
    is_proven = opener is not None and by.actor_ref[0] != "contact"
    conversation = Conversation.objects.create(
        serves=Serves(serves), account=account, is_private=is_private, created_at=at
    )
    if opener:
        _let_take_part(conversation, opener, at, is_proven)
    record(
        "conversation.started",
        by=by,
        at=at,
        subjects=_subjects(conversation, opener),
        facts={
            "serves": conversation.serves,
            "private": is_private,
            "opener": opener.pk if opener else None,
            "opener_proven": is_proven,
        },
    )
    return conversation


def _let_take_part(conversation: Conversation, opener: Contact, at: datetime, is_proven: bool) -> None:
    Participant.objects.create(
        conversation=conversation,
        contact=opener,
        role=PartRole.OPENER,
        added_at=at,
        confirmed_at=at if is_proven else None,
    )


def _subjects(conversation: Conversation, opener: Contact | None) -> list[Subject]:
    subjects: list[Subject] = [("conversation", conversation.pk)]
    if conversation.account_id:
        subjects.append(("account", conversation.account_id))
    if opener:
        subjects.append(("contact", opener.pk))
    return subjects
