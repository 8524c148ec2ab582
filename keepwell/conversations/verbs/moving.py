"""A message that came to the wrong conversation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from keepwell.conversations.about import in_conversation, stored
from keepwell.conversations.models import Conversation, Direction, Message
from keepwell.journal.recording import Actor, Subject, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits


@all_or_nothing()
def move_message(
    message: Message,
    conversation: Conversation,
    *,
    about: Iterable[Subject] = (),
    by: Actor,
    at: datetime | None = None,
) -> Message:
    """What a customer wrote stands there from now on, with its files, and nowhere else.

    `about` is what its entries are about from now on. That it came to the other one stays in the journal.
    Effects: message.moved, about both. Errors: NotPermitted; ValueError for what we wrote.
    """
    permits.require(by, "triage.place")
    lock(message)
    if message.direction != Direction.IN:
        raise ValueError("What we wrote stays where it was sent.")
    before, about = message.conversation_id, list(about)
    was_about = [(str(noun), int(identity)) for noun, identity in message.about]
    message.conversation, message.about = conversation, stored(about)
    message.save(update_fields=["conversation", "about"])
    record(
        "message.moved",
        by=by,
        at=clock.instant(at),
        subjects=[*was_about, *about, *in_conversation(before), *in_conversation(conversation.pk)],
        facts={
            "message": message.pk,
            "from_conversation": before,
            "to_conversation": conversation.pk,
        },
    )
    return message
