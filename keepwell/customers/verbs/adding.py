"""Adding a contact."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from keepwell.customers.contact_subjects import subjects_of
from keepwell.customers.models import Account, Contact, ContactAddress
from keepwell.customers.reaching import checked_address, checked_locale, checked_person_name
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.people import permits


@transaction.atomic
def add_contact(
    name: str,
    *,
    by: Actor,
    email: str = "",
    account: Account | None = None,
    locale: str = "",
    at: datetime | None = None,
) -> Contact:
    """Somebody on the customer's side is known from now on; the address is his once he confirms it.

    Effects: contact.added. Errors: ContactRefused; AddressRefused if the address is none, or belongs to
    another contact.
    """
    permits.require(by, "contact.edit")
    at = clock.instant(at)
    email = checked_address(email) if email else ""
    contact = Contact.objects.create(
        name=checked_person_name(name), account=account, locale=checked_locale(locale), added_at=at
    )
    address = _with_address(contact, email, at) if email else None
    record(
        "contact.added",
        by=by,
        at=at,
        subjects=subjects_of(contact),
        facts={"address": address.pk if address else None},
    )
    return contact


def _with_address(contact: Contact, email: str, at: datetime) -> ContactAddress:
    return ContactAddress.objects.create(contact=contact, email=email, is_primary=True, added_at=at)
