"""The mails of side threads are forgotten together with what they became."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from keepwell.channels.email.verbs.forgetting import forget_all
from keepwell.channels.models import InboundMail
from keepwell.journal.recording import Actor
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing


@all_or_nothing()
def forget_side_mails_of(messages: Collection[int], *, by: Actor, at: datetime | None = None) -> int:
    """Of the mails that these side messages came by nothing is left that anybody wrote.

    The caller has asked for the permit. Gives how many that were. Effects: inbound_mail.forgotten.
    """
    return forget_all(InboundMail.objects.filter(side_message__in=messages), by=by, at=clock.instant(at))


@all_or_nothing()
def forget_side_mails_from(addresses: Collection[str], *, by: Actor, at: datetime | None = None) -> int:
    """The same for all mail to side threads that says it is from one of these addresses, held or not.

    Effects: inbound_mail.forgotten.
    """
    named = Q()
    for address in addresses:
        named |= Q(parsed__from_addresses__0__address__iexact=address)
        named |= Q(raw__envelope_sender__iexact=address)
    mails = (
        InboundMail.objects.filter(named, side_thread__isnull=False) if named else InboundMail.objects.none()
    )
    return forget_all(mails, by=by, at=clock.instant(at))
