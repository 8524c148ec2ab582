"""Questions about ways in."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from keepwell.cases.models import Case
from keepwell.conversations.models import Participant, PartRole
from keepwell.customers.models import ContactAddress
from keepwell.journal.models import Entry

KINDS = (
    "submission.received",
    "submission.entered",
    "follow_code.sent",
    "follow_code.used",
    "follow_code.refused",
    "inbound_mail.received",
    "inbound_mail.placed",
    "inbound_mail.held",
    "inbound_mail.released",
    "inbound_mail.parked",
    "inbound_mail.parted",
    "inbound_mail.unparsed",
    "inbound_mail.quarantined",
    "inbound_mail.retried",
    "inbound_mail.marked_spam",
    "inbound_mail.forgotten",
    "mailbox.added",
    "mailbox.changed",
    "mailbox.put_out_of_use",
    "mailbox.put_into_use",
    "mailbox.reached",
    "mailbox.not_reached",
    "mailbox.renumbered",
    "remote_mail.given_up",
    "remote_mail.retried",
)


def visible_entries(actor: Any) -> QuerySet[Entry]:
    """Staff may read how cases came in."""
    entries = Entry.objects.of_kinds(KINDS)
    return entries if getattr(actor, "is_staff_member", False) else entries.none()


def address_to_follow(case: Case, email: str) -> ContactAddress | None:
    """The address of somebody who may follow the case by a code: who sent it, and who takes part in it.

    None for anybody else. A sender need not be proven: the code is what proves him.
    """
    reads = Q(role=PartRole.OPENER) | Q(confirmed_at__isnull=False)
    parts = Participant.objects.filter(reads, conversation=case.conversation_id, removed_at__isnull=True)
    addresses = ContactAddress.objects.filter(
        email__iexact=email.strip(), contact__in=parts.values("contact")
    )
    return addresses.select_related("contact").first()
