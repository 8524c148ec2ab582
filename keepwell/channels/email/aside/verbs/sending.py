"""What is written in a side thread leaves by mail."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from keepwell.channels.email.aside.letter import letter_of, recipient_of
from keepwell.channels.email.aside.verbs.sealing import sealed_headers
from keepwell.channels.speaking import brand_of
from keepwell.journal.models import Entry
from keepwell.journal.recording import Actor
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.outbox.composing import Recipient
from keepwell.outbox.models import Brand, Outgoing
from keepwell.outbox.verbs.queuing import AddressRefused, send_letter
from keepwell.side_threads.about import MESSAGE
from keepwell.side_threads.models import Delivery, SideMessage
from keepwell.side_threads.verbs.failing import fail


@all_or_nothing()
def mail_side_message(message: SideMessage, *, by: Actor, at: datetime | None = None) -> list[Outgoing]:
    """Everybody who is asked gets it, once, by a mail of his own with a Message-ID sealed for him.

    One address that takes no mail keeps nobody else from his, and shows at the message. Effects: mail.queued
    for each; side_message.failed.
    """
    if Entry.objects.about(MESSAGE, message.pk).filter(kind="mail.queued").exists():
        return []
    at = clock.instant(at)
    rows = Delivery.objects.filter(message=message).exclude(party__address="")
    deliveries = list(rows.select_related("party", "message__thread", "message__author").order_by("pk"))
    named = [recipient_of(delivery.party) for delivery in deliveries]
    ours = brand_of(message.thread.case)
    return [mail for delivery in deliveries for mail in _sent(delivery, named, ours, by=by, at=at)]


def _sent(
    delivery: Delivery, named: list[Recipient], ours: Brand, *, by: Actor, at: datetime
) -> list[Outgoing]:
    try:
        with transaction.atomic():
            letter = letter_of(delivery, named, ours, sealed=sealed_headers(delivery, ours, at=at))
            return send_letter(letter, by=by, at=at)
    except AddressRefused:
        fail(delivery, by=by, at=at)
        return []
