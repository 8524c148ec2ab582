"""Adding a contact."""

from __future__ import annotations

from datetime import datetime

from keepwell.customers.contact_subjects import subjects_of
from keepwell.customers.models import Account, Contact, ContactAddress
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
    _record_added(contact, address, by=by, at=at)
    return contact


@all_or_nothing()
def known_or_added(name: str, *, email: str, by: Actor, at: datetime | None = None) -> ContactAddress:
    """The address of whoever has it, else of somebody new: for what comes in from outside.

    A known contact stays as he is, whatever name came with the address. Two things that come in at once
    from one address have one contact. Effects: contact.added for somebody new. Errors: ContactRefused,
    AddressRefused.
    """
    lock_key(key_of_address(email))
    return known_or_added_locked(name, email=email, by=by, at=at)


def key_of_address(email: str) -> str:
    """What is locked while it is found out whose address this is. Errors: AddressRefused."""
    return f"address {well_formed_address(email).lower()}"


def known_or_added_locked(name: str, *, email: str, by: Actor, at: datetime | None = None) -> ContactAddress:
    """`known_or_added`, for whoever holds the lock on the address together with others of his."""
    permits.require(by, "contact.edit")
    at, email = clock.instant(at), well_formed_address(email)
    known = ContactAddress.objects.filter(email__iexact=email)
    if known:
        return known[0]
    contact = Contact.objects.create(name=checked_person_name(name), added_at=at)
    address = _with_address(contact, email, at)
    _record_added(contact, address, by=by, at=at)
    return address


def _with_address(contact: Contact, email: str, at: datetime) -> ContactAddress:
    return ContactAddress.objects.create(contact=contact, email=email, is_primary=True, added_at=at)


def _record_added(contact: Contact, address: ContactAddress | None, *, by: Actor, at: datetime) -> None:
    facts = {"address": address.pk if address else None}
    record("contact.added", by=by, at=at, subjects=subjects_of(contact), facts=facts)
