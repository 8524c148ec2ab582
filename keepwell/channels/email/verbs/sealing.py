"""What goes out carries the way back."""

from __future__ import annotations

from datetime import datetime
from email.utils import formataddr

from keepwell.channels.email.understanding.keys import seal_keys
from keepwell.channels.email.understanding.signing import (
    Ticket,
    address_seal,
    reply_address,
    sealed_message_id,
)
from keepwell.channels.models import Mailbox, ReplyAddress
from keepwell.conversations.models import Message
from keepwell.customers.models import Contact
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.outbox.models import Brand


@all_or_nothing()
def sealed_headers(
    message: Message, contact: Contact, ours: Brand, *, at: datetime | None = None
) -> dict[str, str]:
    """The headers of the mail that carries this message to this contact: he alone answers by them.

    A reply address is there only if mail to our brand's address is taken in here, and if its seal has room.
    """
    ticket = Ticket(conversation=message.conversation_id, recipient=contact.pk)
    keys = seal_keys()
    headers = {"Message-ID": sealed_message_id(ticket, message.pk, domain=ours.sender_domain, keys=keys)}
    seal = address_seal(ticket, keys)
    if answered_at := answered_by(seal, ours):
        ReplyAddress.objects.get_or_create(
            seal=seal,
            defaults={
                "conversation": message.conversation,
                "contact": contact,
                "made_at": clock.instant(at),
            },
        )
        headers["Reply-To"] = answered_at
    return headers


def answered_by(seal: str, ours: Brand) -> str:
    """The Reply-To of a mail with this seal; "" where nobody takes mail in, or the seal has no room."""
    address = reply_address(ours.sender_address, seal)
    if not address:
        return ""
    is_taken_in = Mailbox.objects.filter(address__iexact=ours.sender_address, is_in_use=True).exists()
    return formataddr((ours.sender_name, address)) if is_taken_in else ""
