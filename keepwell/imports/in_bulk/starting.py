"""The conversation that a case begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from keepwell.conversations.models import Conversation, Participant, PartRole, Serves
from keepwell.imports.in_bulk.rows import made
from keepwell.imports.in_bulk.sheet import ActorRef, Sheet


@dataclass(frozen=True, kw_only=True)
class Start:
    """Who began it and for whom: the account's contact, whose address is known for his."""

    by: ActorRef
    at: datetime
    cause: bytes
    account: int
    contact: int
    is_private: bool = False


def start_conversation(sheet: Sheet, start: Start) -> int:
    """A conversation with its opener, on the sheet; gives its id. Effects: conversation.started."""
    conversation = sheet.ids.next_of(Conversation)
    serves = Serves.CASE.value
    sheet.add(
        made(
            Conversation,
            id=conversation,
            serves=serves,
            account_id=start.account,
            is_private=start.is_private,
            created_at=start.at,
        )
    )
    sheet.add(
        made(
            Participant,
            conversation_id=conversation,
            contact_id=start.contact,
            role=PartRole.OPENER.value,
            added_at=start.at,
            confirmed_at=start.at,
        )
    )
    about = (("conversation", conversation), ("account", start.account), ("contact", start.contact))
    facts = {"serves": serves, "private": start.is_private, "opener": start.contact, "opener_proven": True}
    sheet.record(
        "conversation.started", by=start.by, at=start.at, cause=start.cause, about=about, facts=facts
    )
    return conversation
