"""Who takes part on the customer's side, read once for a page."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Subquery

from keepwell.cases.models import Case
from keepwell.channels.email.audience import copies_of
from keepwell.channels.email.recipients import ADDRESS
from keepwell.conversations.models import Copy, Participant
from keepwell.customers.models import ContactAddress
from keepwell.kit.asking import Question

EMAIL = Subquery(
    ContactAddress.objects.filter(contact=OuterRef("contact"))
    .order_by("-is_primary", "pk")
    .values("email")[:1]
)
STANDING = Question(
    lambda conversation: (
        Participant.objects.filter(conversation=conversation, removed_at__isnull=True)
        .select_related("contact")
        .annotate(email=EMAIL, mailed_to=ADDRESS)
        .order_by("role", "pk")
    )
)


def copies_at(case: Any) -> list[Copy]:
    """Who got an answer besides them, also in the cases merged in: see `audience.copies_of`."""
    found: list[Copy] | None = case.__dict__.get("copies_read")
    if found is None:
        found = copies_of(case.conversation_id, case.merged_conversations)
        case.__dict__["copies_read"] = found
    return found


def participants_of(case: Case) -> list[Any]:
    """Those who take part or are suggested, the opener first.

    Each with `email`, None if there is none, and `mailed_to`: the address that answers go to, None where
    none is confirmed or mail to it came back.
    """
    found: list[Any] | None = case.__dict__.get("participants_read")
    if found is None:
        found = STANDING.objects(case.conversation_id)
        case.__dict__["participants_read"] = found
    return found
