"""An answer goes to the customer by mail, too."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from keepwell.cases.models import Case
from keepwell.channels.email.answer import letter_of
from keepwell.channels.email.recipients import written_to
from keepwell.channels.email.verbs.sealing import sealed_headers
from keepwell.conversations.models import Message
from keepwell.conversations.verbs.failing import fail
from keepwell.customers.models import Contact
from keepwell.journal.models import Entry
from keepwell.journal.recording import Actor
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.outbox.models import Outgoing
from keepwell.outbox.verbs.queuing import AddressRefused, send_letter


@all_or_nothing()
def mail_answer(message: Message, case: Case, *, by: Actor, at: datetime | None = None) -> list[Outgoing]:
    """Whoever takes part and has a confirmed address gets the answer and the way to the case, once.

    Each mail has a Message-ID of its own, sealed for its recipient: a reply to it finds its way back, from
    him alone. The answer counts as failed once none arrived; where no address can be written to at all it
    failed at once. Effects: mail.queued for each; message.failed.
    """
    if was_mailed(message):
        return []
    at = clock.instant(at)
    reached = written_to(message.recipients)
    queued = [mail for to in reached for mail in _sent(message, case, to, by=by, at=at)]
    if reached and not queued:
        fail(message, by=by, at=at)
    return queued


def was_mailed(message: Message) -> bool:
    """Whether mails of it were queued before: one that arrives after a failure is sent no second time."""
    return Entry.objects.about("message", message.pk).filter(kind="mail.queued").exists()


def _sent(
    message: Message, case: Case, to: tuple[Contact, str], *, by: Actor, at: datetime
) -> list[Outgoing]:
    try:
        # One address that takes no mail keeps nobody else from his.
        with transaction.atomic():
            sealed = sealed_headers(message, to[0], at=at)
            return send_letter(letter_of(message, case, to, sealed=sealed, at=at), by=by, at=at)
    except AddressRefused:
        return []
