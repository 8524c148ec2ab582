"""A reply could not be delivered after all."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from keepwell.conversations.about import subjects_of
from keepwell.conversations.models import Message, MessageState
from keepwell.journal.recording import Actor, Subject, record
from keepwell.kit import clock
from keepwell.people.actors import System

OUTBOX = System("outbox")


@transaction.atomic
def fail(message: Message, *, by: Actor = OUTBOX, at: datetime | None = None) -> bool:
    """The reply is marked as not delivered, and its writer hears of it at once. Gives whether it was so marked.

    Only what has left can fail, and only once. Effects: message.failed, which withdraws the contact.
    """
    message.refresh_from_db(from_queryset=Message.objects.select_for_update())
    if message.state != MessageState.SENT:
        return False
    at = clock.instant(at)
    message.state = MessageState.FAILED
    message.failed_at = at
    message.save(update_fields=["state", "failed_at"])
    record(
        "message.failed",
        by=by,
        at=at,
        subjects=[*subjects_of(message), *_writer(message)],
        facts={"message": message.pk, "sent_at": message.sent_at.isoformat() if message.sent_at else None},
    )
    return True


def _writer(message: Message) -> list[Subject]:
    return [("person", message.author_user_id)] if message.author_user_id else []
