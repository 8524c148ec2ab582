"""Adding a contact."""

from __future__ import annotations

from datetime import datetime

from keepwell.customers.contact_subjects import subjects_of
from keepwell.customers.models import Account, Contact, ContactAddress
from keepwell.customers.queries import contact_by_address
from keepwell.customers.reaching import (
    checked_address,
    checked_locale,
    checked_person_name,
    well_formed_address,
)
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock_key
from keepwell.people import permits


@all_or_nothing()
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


@all_or_nothing()
def known_or_added(name: str, *, email: str, by: Actor, at: datetime | None = None) -> Contact:
    """Whoever has this address, else somebody new who has it: for what comes in from outside.

    A known contact stays as he is, whatever name came with the address. Two things that come in at once
    from one address have one contact. Effects: contact.added for somebody new. Errors: as `add_contact`.
    """
    permits.require(by, "contact.edit")
    email = well_formed_address(email)
    lock_key(f"address {email.lower()}")
    return contact_by_address(email) or add_contact(name, email=email, by=by, at=at)


def _with_address(contact: Contact, email: str, at: datetime) -> ContactAddress:
    return ContactAddress.objects.create(contact=contact, email=email, is_primary=True, added_at=at)
