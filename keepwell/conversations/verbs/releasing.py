"""What was written leaves: from that moment the customer can read it."""

from __future__ import annotations

import logging
from datetime import datetime

from keepwell.conversations.about import subjects_of
from keepwell.conversations.facts import message_facts
from keepwell.conversations.models import Message, MessageState, Participant
from keepwell.journal.recording import record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people.actors import Recorded, System

log = logging.getLogger(__name__)


@all_or_nothing()
def release(message: Message, *, at: datetime | None = None) -> bool:
    """The reply leaves at `at`, in the name of its writer. Gives whether it left by this call.

    Done twice, or after it was taken back, it does nothing. Who takes part then are its recipients.
    Effects: message.sent, which happened at `at`.
    """
    lock(message)
    if message.state != MessageState.PENDING:
        return False
    at = clock.instant(at)
    message.state = MessageState.SENT
    message.sent_at = message.happened_at = at
    message.recipients = _those_who_take_part(message)
    message.save(update_fields=["state", "sent_at", "happened_at", "recipients"])
    record(
        "message.sent",
        by=writer_of(message),
        at=at,
        subjects=subjects_of(message),
        facts=message_facts(message),
    )
    return True


def release_due(*, at: datetime | None = None) -> int:
    """Lets leave what should have left by `at`, oldest first, and gives how many did.

    Takes what a worker that died left behind. One that cannot leave holds up no other: it is logged and
    tried again the next time.
    """
    at = clock.instant(at)
    due = Message.objects.filter(state=MessageState.PENDING, release_at__lte=at).order_by("release_at", "pk")
    return sum(_released(message, at) for message in due)


def _released(message: Message, at: datetime) -> bool:
    try:
        return release(message, at=at)
    except Exception:
        log.exception("message %s could not leave", message.pk)
        return False


def writer_of(message: Message) -> Recorded | System:
    if message.author_user_id is None:
        return System("conversations")
    return Recorded(("person", message.author_user_id))


def _those_who_take_part(message: Message) -> list[int]:
    taking_part = Participant.objects.filter(
        conversation=message.conversation_id, confirmed_at__isnull=False, removed_at__isnull=True
    )
    return list(taking_part.order_by("contact_id").values_list("contact_id", flat=True))
