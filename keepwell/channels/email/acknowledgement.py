"""The acknowledgement of a mail. A machine sends it: not a word of whoever wrote to us stands in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.utils import translation

from keepwell.cases.models import Case
from keepwell.channels.email.answer import recipient_of, way_to
from keepwell.channels.email.promised import promise_words
from keepwell.channels.email.thread_headers import thread_headers
from keepwell.customers.models import ContactAddress
from keepwell.outbox.composing import Letter
from keepwell.outbox.models import Brand, Purpose
from keepwell.outbox.variables import filled
from keepwell.service_levels.terms import INITIAL_CONTACT


def letter_of(
    case: Case, address: ContactAddress, ours: Brand, *, sealed: dict[str, str], at: datetime
) -> Letter:
    """The mail to whoever wrote, by his address alone. `sealed` are the headers by which he answers."""
    # His name is what he called himself.
    recipient = replace(recipient_of(address.contact, address.email, case), name="")
    with translation.override(recipient.locale or settings.LANGUAGE_CODE):
        promise = promise_words(case, INITIAL_CONTACT, at, recipient.time_zone)
    variables = {"case": str(case.number), "promise": promise, "brand": ours.name}
    return Letter(
        template="channels/email/mail/acknowledgement",
        to=recipient,
        purpose=Purpose.RECEIPT,
        context={
            "words": filled(ours.acknowledgement, variables),
            "number": case.number,
            "promise": promise,
            "is_answered_by_mail": "Reply-To" in sealed,
            "url": way_to(case, address.contact),
        },
        about=(("case", case.pk),),
        headers={**sealed, **thread_headers(case, address.email)},
        variables=variables,
        brand=ours,
    )
