"""Whether the mails that carry a message reached anybody."""

from __future__ import annotations

from collections.abc import Iterator

from keepwell.conversations.models import Message
from keepwell.journal.models import Entry
from keepwell.outbox.models import Outgoing, State


def messages_carried(entry: Entry) -> Iterator[Message]:
    """The messages that the mail of this entry carried: those among its subjects."""
    yield from Message.objects.filter(pk__in=entry.ids_of("message")).order_by("pk")


def is_lost_to_all(outgoing_id: int) -> bool:
    """Whether no copy of this mail has arrived or may still arrive.

    A mail to three people is three rows of one Message-ID.
    """
    failed = Outgoing.objects.only("message_id").get(pk=outgoing_id)
    copies = Outgoing.objects.filter(message_id=failed.message_id).exclude(pk=outgoing_id)
    return not copies.exclude(state__in=[State.FAILED, State.CANCELLED]).exists()
