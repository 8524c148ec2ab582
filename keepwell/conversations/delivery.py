"""Whether the mails that carry a message reached anybody."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from keepwell.conversations.models import Copy, Message
from keepwell.journal.models import Entry
from keepwell.outbox.models import Outgoing, State


def messages_carried(entry: Entry) -> Iterator[Message]:
    """The messages that the mail of this entry carried: those among its subjects."""
    yield from Message.objects.filter(pk__in=entry.ids_of("message")).order_by("pk")


def is_lost_to_all(message: Message) -> bool:
    """Whether no mail that carries it has arrived or may still arrive; each recipient has one of his own."""
    return not mails_carrying(message).exclude(state__in=[State.FAILED, State.CANCELLED]).exists()


def mails_carrying(message: Message) -> QuerySet[Outgoing]:
    """Each mail that carries it, to one recipient."""
    queued = Entry.objects.about("message", message.pk).of_kinds(("mail.queued",))
    return Outgoing.objects.filter(pk__in=[entry.facts["outgoing"] for entry in queued])


def copies_carried(entry: Entry) -> QuerySet[Copy]:
    """The copies that the mail of this entry is."""
    return Copy.objects.filter(pk__in=entry.ids_of("copy"))
