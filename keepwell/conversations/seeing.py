"""What somebody has not read yet."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import ngettext

from keepwell.conversations.models import Conversation, Message
from keepwell.conversations.models.message import STANDING_STATES
from keepwell.kit.refusals import Refused
from keepwell.people.models import User


class SomethingNew(Refused):
    """Others said something that the writer has not read; `newer` are these messages, oldest first."""

    def __init__(self, newer: Sequence[Message]) -> None:
        self.newer = newer
        super().__init__(
            ngettext(
                "While you wrote, %(count)s new message came. Your text is kept: read it and send again.",
                "While you wrote, %(count)s new messages came. Your text is kept: read them and send again.",
                len(newer),
            )
            % {"count": len(newer)}
        )


def messages_after(
    conversation: Conversation, message_id: int, *, but_of: User | None = None
) -> QuerySet[Message]:
    """What was said after this message, by others than this one, oldest first; with authors, to be shown."""
    newer = Message.objects.filter(conversation=conversation, pk__gt=message_id, state__in=STANDING_STATES)
    others = newer.exclude(author_user=but_of) if but_of else newer
    return others.select_related("author_user", "author_contact").order_by("pk")
