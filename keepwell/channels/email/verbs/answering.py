"""An answer goes to the customer by mail, too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction

from keepwell.cases.models import Case
from keepwell.channels.email.answer import letter_of
from keepwell.channels.email.copy_letter import letter_of_copy, named_in
from keepwell.channels.email.recipients import written_to
from keepwell.channels.email.verbs.sealing import sealed_headers
from keepwell.channels.speaking import brand_of
from keepwell.conversations.about import COPIED
from keepwell.conversations.models import Copy, Message
from keepwell.conversations.verbs.failing import fail
from keepwell.customers.models import Contact
from keepwell.journal.models import Entry
from keepwell.journal.recording import Actor
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.outbox.composing import Letter
from keepwell.outbox.models import Outgoing
from keepwell.outbox.verbs.queuing import AddressRefused, send_letter


@all_or_nothing()
def mail_answer(message: Message, case: Case, *, by: Actor, at: datetime | None = None) -> list[Outgoing]:
    """Whoever takes part and has a confirmed address gets the answer and the way to the case, once.

    Each mail has a Message-ID of its own, sealed for its recipient: a reply to it finds its way back, from
    him alone. Who was to get a copy gets the answer alone; a blind copy is named in no other mail. The
    answer counts as failed once none arrived at those who take part; where no address can be written to at
    all it failed at once. Effects: mail.queued for each; message.failed.
    """
    if was_mailed(message):
        return []
    at = clock.instant(at)
    reached, copies = written_to(message.recipients), _copies(message)
    named, ours = named_in(reached, copies), brand_of(case)

    def sent(to: tuple[Contact, str]) -> Letter:
        sealed = {**sealed_headers(message, to[0], ours, at=at), **named.cc_header}
        return letter_of(message, case, to, ours=ours, sealed=sealed, at=at)

    def copied(copy: Copy) -> Letter:
        sealed = sealed_headers(message, copy.contact, ours, at=at)
        return letter_of_copy(copy, case, named, ours=ours, sealed=sealed, at=at)

    queued = [mail for to in reached for mail in _queued(partial(sent, to), by=by, at=at)]
    if reached and not queued:
        fail(message, by=by, at=at)
    return queued + [mail for copy in copies for mail in _copied(copy, partial(copied, copy), by=by, at=at)]


def was_mailed(message: Message) -> bool:
    """Whether mails of it were queued before: one that arrives after a failure is sent no second time."""
    ways = ("message", f"{COPIED}message")
    return any(Entry.objects.about(noun, message.pk).filter(kind="mail.queued").exists() for noun in ways)


def _copies(message: Message) -> list[Copy]:
    """Without those who have come to take part since, or were erased."""
    rows = message.copies.exclude(address="").exclude(contact__in=message.recipients)
    return list(rows.select_related("contact__user", "message__author_user").order_by("pk"))


def _copied(copy: Copy, letter: Callable[[], Letter], *, by: Actor, at: datetime) -> list[Outgoing]:
    queued = _queued(letter, by=by, at=at)
    if not queued:
        Copy.objects.filter(pk=copy.pk).update(failed_at=at)
    return queued


def _queued(letter: Callable[[], Letter], *, by: Actor, at: datetime) -> list[Outgoing]:
    try:
        # One address that takes no mail keeps nobody else from his.
        with transaction.atomic():
            return send_letter(letter(), by=by, at=at)
    except AddressRefused:
        return []
