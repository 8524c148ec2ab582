"""What a contact is called, by those who have his address at hand."""

from __future__ import annotations

from django.utils.translation import gettext as _

from keepwell.customers.models import Contact


def contact_name(contact: Contact, email: str | None = None) -> str:
    """The name, else the address; asks the database for nothing."""
    if contact.erased_at:
        return _("Erased person")
    return contact.name or email or _("Unknown person")
