"""Who takes part on the customer's side, read once for a page."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from keepwell.cases.models import Case
from keepwell.conversations.models import Participant
from keepwell.customers.models import Contact, ContactAddress

EMAIL = Subquery(
    ContactAddress.objects.filter(contact=OuterRef("contact"))
    .order_by("-is_primary", "pk")
    .values("email")[:1]
)


def participants_of(case: Case) -> list[Any]:
    """Those who take part or are suggested, the opener first; each with `email`, None if there is none."""
    found: list[Any] | None = case.__dict__.get("participants_read")
    if found is None:
        rows = Participant.objects.filter(conversation=case.conversation_id, removed_at__isnull=True)
        found = list(rows.select_related("contact").annotate(email=EMAIL).order_by("role", "pk"))
        case.__dict__["participants_read"] = found
    return found


def contact_name(contact: Contact, email: str | None = None) -> str:
    """The name, else the address; asks the database for nothing."""
    if contact.erased_at:
        return _("Erased person")
    return contact.name or email or _("Unknown person")
