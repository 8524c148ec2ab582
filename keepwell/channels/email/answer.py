"""An answer as a mail to one recipient."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from keepwell.cases.models import Case
from keepwell.channels.email.enclosures import enclosures_of
from keepwell.channels.email.history import history_before
from keepwell.channels.email.promised import promise_words
from keepwell.channels.email.thread_headers import thread_headers
from keepwell.conversations.models import Message
from keepwell.customers.models import Contact
from keepwell.outbox.composing import Letter, Recipient
from keepwell.outbox.models import Brand, Purpose
from keepwell.outbox.variables import ANSWER, filled
from keepwell.service_levels.terms import FOLLOW_UP


def letter_of(
    message: Message,
    case: Case,
    to: tuple[Contact, str],
    *,
    ours: Brand,
    sealed: dict[str, str],
    at: datetime,
) -> Letter:
    """The mail of our brand that carries this message to this contact.

    `sealed` are the headers by which he answers.
    """
    contact, address = to
    recipient = recipient_of(contact, address, case)
    variables = variables_of(message, case, recipient, ours, at)
    enclosed, quoted = enclosures_of(message, way_to(case, contact)), history_before(message, case)
    threaded = thread_headers(case, address)
    return Letter(
        template="channels/email/mail/answer",
        below="channels/email/mail/history" if quoted else "",
        to=recipient,
        purpose=Purpose.REPLY,
        context={
            **told_of(message, case, variables, threaded, ours),
            "is_answered_by_mail": "Reply-To" in sealed,
            "files": enclosed.left,
            "history": quoted,
            "url": way_to(case, contact),
        },
        # Found under these: the mails to forget, once the words that they quote are taken away.
        about=(
            ("message", message.pk),
            ("case", case.pk),
            *(("quoted_message", one.message) for one in quoted),
        ),
        sender_name=variables["writer"],
        headers={**sealed, **threaded},
        attachments=enclosed.attached,
        variables=variables,
        brand=ours,
    )


def recipient_of(contact: Contact, address: str, case: Case) -> Recipient:
    """In his language; times in his zone, or that of his account."""
    own_zone = contact.user.time_zone if contact.user else ""
    return Recipient(
        address=address,
        name=contact.name,
        locale=contact.locale,
        time_zone=own_zone or (case.account.time_zone if case.account else ""),
    )


def way_to(case: Case, contact: Contact) -> str:
    """Who can sign in goes to the portal; anybody else follows the case by a code."""
    can_sign_in = contact.user is not None and contact.user.is_active
    page = "portal/cases" if can_sign_in else "follow"
    return f"{settings.KEEPWELL_URL}/{page}/{case.number}/"


def told_of(
    message: Message, case: Case, variables: Mapping[str, str], threaded: Mapping[str, str], ours: Brand
) -> dict[str, Any]:
    """What every mail of an answer says: its words in those of the brand, and which case it is of."""
    return {
        "words": filled(ours.answer_frame, {**variables, ANSWER: message.body}),
        "number": case.number,
        "subject": case.subject,
        "is_answer": bool(threaded),
    }


def variables_of(
    message: Message, case: Case, recipient: Recipient, ours: Brand, at: datetime
) -> dict[str, str]:
    """What the words that the brand puts around an answer may name, as this recipient reads it."""
    with translation.override(recipient.locale or settings.LANGUAGE_CODE):
        promise = promise_words(case, FOLLOW_UP, at, recipient.time_zone)
    return {
        "contact": recipient.name,
        "case": str(case.number),
        "subject": case.subject,
        "promise": promise,
        "brand": ours.name,
        "writer": message.author_user.name if message.author_user else "",
    }
