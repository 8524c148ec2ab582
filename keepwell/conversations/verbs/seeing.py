"""Having read a conversation. Nothing is recorded: reading changes nothing for anybody else."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.db.models.functions import Greatest

from keepwell.conversations.models import Conversation, ReadMark
from keepwell.conversations.seeing import SomethingNew, messages_after
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people.models import User


@all_or_nothing()
def mark_seen(
    conversation: Conversation,
    *,
    message: int | None = None,
    note: int | None = None,
    by: User,
    at: datetime | None = None,
) -> None:
    """This person has read up to this message and this note; a mark never goes back. None: it stays."""
    at = clock.instant(at)
    mark, is_new = ReadMark.objects.get_or_create(
        conversation=conversation,
        user=by,
        defaults={"last_message_id": message, "last_note_id": note, "seen_at": at},
    )
    if not is_new:
        # PostgreSQL's GREATEST leaves nulls out; two tabs may come in any order.
        ReadMark.objects.filter(pk=mark.pk).update(
            last_message=Greatest(F("last_message"), message) if message else F("last_message"),
            last_note=Greatest(F("last_note"), note) if note else F("last_note"),
            seen_at=at,
        )


def require_nothing_new(conversation: Conversation, *, seen_through: int, by: User) -> None:
    """Nobody answers past a message he has not read; call it in the transaction that writes the answer.

    Until that transaction ends no second writer gets past this point, so of two who answer at once the
    second learns of the first. A customer's message is not held up. Errors: SomethingNew.
    """
    Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
    newer = list(messages_after(conversation, seen_through, but_of=by))
    if newer:
        raise SomethingNew(newer)
