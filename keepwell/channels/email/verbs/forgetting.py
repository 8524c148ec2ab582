"""A mail is forgotten together with the message that it became, or by itself while it waits."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from keepwell.channels.email.refusals import NotWaiting
from keepwell.channels.models import InboundMail, RawMail
from keepwell.conversations.models import Message
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits


@all_or_nothing()
def forget_mails_of(messages: list[int], *, by: Actor, at: datetime | None = None) -> int:
    """Of the mails that these messages came by nothing is left that anybody wrote; that they came stays.

    The caller has asked for the permit. Gives how many that were. Effects: inbound_mail.forgotten.
    """
    return forget_all(InboundMail.objects.filter(message__in=messages), by=by, at=clock.instant(at))


@all_or_nothing()
def forget_mails_from(contacts: list[int], *, by: Actor, at: datetime | None = None) -> int:
    """The same for mails that bear the name of these contacts and became no message: held, or put aside.

    Effects: inbound_mail.forgotten.
    """
    mails = InboundMail.objects.filter(contact__in=contacts, message__isnull=True)
    return forget_all(mails, by=by, at=clock.instant(at))


@all_or_nothing()
def forget_mail(mail: InboundMail, *, by: Actor, at: datetime | None = None) -> None:
    """Nothing is left of what this mail said; one that became a message is forgotten with that.

    Effects: inbound_mail.forgotten. Errors: NotPermitted, NotWaiting.
    """
    permits.require(by, "message.redact")
    lock(mail)
    if not mail.is_waiting:
        raise NotWaiting
    forget_all(InboundMail.objects.filter(pk=mail.pk), by=by, at=clock.instant(at))


def forget_all(mails: QuerySet[InboundMail], *, by: Actor, at: datetime) -> int:
    """Of these mails nothing is left, within the change that asks for it. Gives how many they were."""
    standing = mails.filter(raw__forgotten_at__isnull=True)
    found = dict(standing.select_for_update(of=("self",)).order_by("pk").values_list("pk", "raw"))
    if not found:
        return 0
    InboundMail.objects.filter(pk__in=found).update(
        parsed=None, own_id="", thread="", left_out=[], changed_at=at
    )
    RawMail.objects.filter(pk__in=found.values()).update(
        content=None, file=None, envelope_sender="", envelope_recipients=[], forgotten_at=at
    )
    about = [("inbound_mail", mail) for mail in found]
    record("inbound_mail.forgotten", by=by, at=at, subjects=about, facts={"mails": len(found)})
    return len(found)


def forget_mails_of_erased(*, by: Actor, at: datetime | None = None) -> int:
    """The mails of all messages that were erased."""
    standing = InboundMail.objects.filter(raw__forgotten_at__isnull=True)
    erased = Message.objects.filter(erased_at__isnull=False, pk__in=standing.values("message"))
    return forget_mails_of(list(erased.values_list("pk", flat=True)), by=by, at=at)
