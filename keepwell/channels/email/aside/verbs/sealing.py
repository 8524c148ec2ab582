"""What goes to a third party carries the way back into the side thread."""

from __future__ import annotations

from datetime import datetime

from keepwell.channels.email.understanding.keys import seal_keys
from keepwell.channels.email.understanding.signing import SideTicket, address_seal, side_message_id
from keepwell.channels.email.verbs.sealing import answered_by
from keepwell.channels.models import SideReplyAddress
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.outbox.models import Brand
from keepwell.side_threads.models import Delivery


@all_or_nothing()
def sealed_headers(delivery: Delivery, ours: Brand, *, at: datetime | None = None) -> dict[str, str]:
    """The headers of the mail that carries this message to this one: he alone answers by them.

    A reply address is there only if mail to our brand's address is taken in here, and if its seal has room.
    """
    message, party = delivery.message, delivery.party
    ticket = SideTicket(side_thread=message.thread_id, party=party.pk)
    keys = seal_keys()
    headers = {"Message-ID": side_message_id(ticket, message.pk, domain=ours.sender_domain, keys=keys)}
    seal = address_seal(ticket, keys)
    if answered_at := answered_by(seal, ours):
        SideReplyAddress.objects.get_or_create(
            seal=seal, defaults={"party": party, "made_at": clock.instant(at)}
        )
        headers["Reply-To"] = answered_at
    return headers
