"""Saying at once that a mail has become a case, and never to a machine, a stranger, or without end.

Two machines that acknowledge each other write for ever. What a machine's mail says of itself is read before
(`may_be_answered`); these limits hold where it says nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from keepwell.channels.email.acknowledgement import letter_of
from keepwell.channels.email.parsed import ParsedMail
from keepwell.channels.email.verbs.sealing import sealed_headers
from keepwell.channels.models import InboundMail
from keepwell.channels.speaking import brand_of
from keepwell.customers.models import ContactAddress
from keepwell.customers.verbs.adding import key_of_address
from keepwell.journal.models import Entry
from keepwell.journal.recording import Actor
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.asking import Question
from keepwell.kit.locking import lock_key
from keepwell.outbox.models import Outgoing, OutgoingQuerySet, Purpose
from keepwell.outbox.verbs.queuing import AddressRefused, send_letter

ONE_WITHIN = timedelta(hours=1)
# Without a word by a person of ours in between.
UNANSWERED_ONE_WITHIN = timedelta(hours=24)
MACHINES_ANSWER_WITHIN = timedelta(minutes=5)


@all_or_nothing()
def acknowledge(mail: InboundMail, *, by: Actor, at: datetime | None = None) -> list[Outgoing]:
    """Whoever wrote the mail hears which case it is, if the address was ever shown to be his.

    At most one for a case, one an hour to an address, and one a day to an address that none of us has
    written to since. Effects: mail.queued.
    """
    at = clock.instant(at)
    address = _address_of(mail)
    if address is None or mail.case is None or mail.message is None:
        return []
    lock_key(key_of_address(address.email))
    if _is_too_much(address.email, mail.case.pk, at):
        return []
    try:
        with transaction.atomic():
            ours = brand_of(mail.case)
            sealed = sealed_headers(mail.message, address.contact, ours, at=at)
            return send_letter(letter_of(mail.case, address, ours, sealed=sealed, at=at), by=by, at=at)
    except AddressRefused:
        return []


def acknowledged_just_before(said: ParsedMail, *, at: datetime) -> Outgoing | None:
    """The acknowledgement that left to the sender of this mail within minutes; None if none did."""
    if said.author is None:
        return None
    return next(iter(LATELY.objects(said.author.address.strip(), at - MACHINES_ANSWER_WITHIN, at)), None)


def _address_of(mail: InboundMail) -> ContactAddress | None:
    """The writer's address, if it is confirmed and mail reaches it."""
    author = mail.said.author if mail.said else None
    if author is None:
        return None
    return next(iter(REACHED.objects(author.address.strip())), None)


def _is_too_much(address: str, case: int, at: datetime) -> bool:
    queued = Entry.objects.about("case", case).of_kinds(("mail.queued",))
    if any(entry.facts["purpose"] == Purpose.RECEIPT for entry in queued):
        return True
    last = _acknowledgements(address).filter(created_at__lte=at).order_by("created_at").last()
    if last is None or last.created_at <= at - UNANSWERED_ONE_WITHIN:
        return False
    answers = Outgoing.objects.to(address).filter(purpose=Purpose.REPLY, created_at__gt=last.created_at)
    return last.created_at > at - ONE_WITHIN or not answers.exists()


def _acknowledgements(address: str) -> OutgoingQuerySet:
    return Outgoing.objects.to(address).filter(purpose=Purpose.RECEIPT).listed()


def _lately(address: str, after: datetime, until: datetime) -> QuerySet[Outgoing]:
    left = _acknowledgements(address).filter(handed_over_at__gt=after, handed_over_at__lte=until)
    return left.order_by("-pk")[:1]


def _reached(address: str) -> QuerySet[ContactAddress]:
    found = ContactAddress.objects.filter(email__iexact=address, contact__erased_at__isnull=True)
    shown = found.filter(verified_at__isnull=False, bounced_at__isnull=True)
    return shown.select_related("contact__user").order_by("pk")[:1]


# Asked for every mail.
LATELY, REACHED = Question(_lately), Question(_reached)
