"""A side message as a mail to one of those who are asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from keepwell.channels.email.aside.history import history_before
from keepwell.channels.email.enclosures import fitting
from keepwell.channels.email.thread_headers import headers_after, sent_about, written_to_us
from keepwell.channels.models import InboundMail
from keepwell.outbox.composing import Attached, Letter, Recipient
from keepwell.outbox.models import Brand, Purpose
from keepwell.side_threads.about import DELIVERY, MESSAGE, QUOTED
from keepwell.side_threads.models import Delivery, SideMessage, SideParty


def letter_of(
    delivery: Delivery, named: Iterable[Recipient], ours: Brand, *, sealed: Mapping[str, str]
) -> Letter:
    """What the writer wrote, under the subject that he chose, and what was said in this side thread before.

    Neither the case's number nor its subject, the customer's name, or a way to any page. `named` are all who
    are asked, as in a mail to several; `sealed` are the headers by which this one answers.
    """
    message, party = delivery.message, delivery.party
    threaded, quoted = _thread_headers(message, party), history_before(message)
    writer = message.author.name if message.author else ""
    return Letter(
        template="channels/email/mail/aside",
        below="channels/email/mail/history" if quoted else "",
        to=recipient_of(party),
        purpose=Purpose.REPLY,
        context={
            "words": message.body,
            "subject": message.thread.subject,
            "is_answer": bool(threaded),
            "history": quoted,
        },
        # About no case: what is found under the case's own mails goes to the customer.
        about=(
            (DELIVERY, delivery.pk),
            (MESSAGE, message.pk),
            ("side_thread", message.thread_id),
            *((QUOTED, one.message) for one in quoted),
        ),
        sender_name=writer,
        headers={**sealed, **threaded, "To": ", ".join(one.written for one in named)},
        attachments=_enclosed(message),
        variables={"writer": writer, "contact": party.name},
        brand=ours,
    )


def recipient_of(party: SideParty) -> Recipient:
    return Recipient(address=party.address, name=party.name)


def _enclosed(message: SideMessage) -> tuple[Attached, ...]:
    rows = message.attached.select_related("attachment__blob").order_by("pk")
    return tuple(file for _pk, file in fitting([row.attachment for row in rows]))


def _thread_headers(message: SideMessage, party: SideParty) -> dict[str, str]:
    came = InboundMail.objects.filter(side_message__thread=message.thread_id)
    sent = sent_about(("side_thread", message.thread_id), party.address)
    return headers_after([*written_to_us(came), *sent])
