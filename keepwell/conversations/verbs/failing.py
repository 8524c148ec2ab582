"""A reply could not be delivered after all, or did arrive in the end."""

from __future__ import annotations

from datetime import datetime

from keepwell.conversations.about import subjects_of
from keepwell.conversations.facts import message_facts
from keepwell.conversations.models import Message, MessageState
from keepwell.conversations.verbs.releasing import writer_of
from keepwell.journal.recording import Actor, Subject, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people.actors import System

OUTBOX = System("outbox")


@all_or_nothing()
def fail(message: Message, *, by: Actor = OUTBOX, at: datetime | None = None) -> bool:
    """The reply is marked as not delivered, and its writer hears of it at once.

    Only what has left can fail, and only once; gives whether it did by this call.
    Effects: message.failed, which withdraws the contact.
    """
    lock(message)
    if message.state != MessageState.SENT or message.sent_at is None:
        return False
    message.state = MessageState.FAILED
    message.failed_at = clock.instant(at)
    message.save(update_fields=["state", "failed_at"])
    record(
        "message.failed",
        by=by,
        at=message.failed_at,
        subjects=[*subjects_of(message), *_writer(message)],
        facts={"message": message.pk, "sent_at": message.sent_at.isoformat()},
    )
    return True


@all_or_nothing()
def deliver_after_all(message: Message, *, at: datetime | None = None) -> bool:
    """A reply that had failed was tried again and arrived: it counts from now.

    Gives whether it was such a one. Effects: message.sent.
    """
    lock(message)
    if message.state != MessageState.FAILED:
        return False
    message.state = MessageState.SENT
    message.sent_at = message.happened_at = clock.instant(at)
    message.failed_at = None
    message.save(update_fields=["state", "sent_at", "happened_at", "failed_at"])
    record(
        "message.sent",
        by=writer_of(message),
        at=message.sent_at,
        subjects=subjects_of(message),
        facts=message_facts(message),
    )
    return True


def _writer(message: Message) -> list[Subject]:
    return [("person", message.author_user_id)] if message.author_user_id else []
