"""The address in a letter to several by which its reader ends such letters."""

from __future__ import annotations

from django.conf import settings

from keepwell.customers.models import Contact
from keepwell.kit.signed_links import numbers_in, token

PURPOSE = "unsubscribing"


def way_to_end(contact: Contact) -> str:
    return f"{settings.KEEPWELL_URL}/no-more-letters/{token(PURPOSE, contact.pk)}/"


def contact_who_ends(written: str) -> Contact | None:
    """Whose address it is; None for one that was not made here, or of somebody erased."""
    numbers = numbers_in(PURPOSE, written)
    if numbers is None or len(numbers) != 1:
        return None
    found = Contact.objects.select_related("merged_into").filter(pk=numbers[0]).first()
    survivor = (found.merged_into or found) if found else None
    return survivor if survivor and survivor.erased_at is None else None
