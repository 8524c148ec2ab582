"""The mail addresses of a contact."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.customers.contact_subjects import subjects_of
from keepwell.customers.models import Contact, ContactAddress
from keepwell.customers.reaching import checked_address, lock_living
from keepwell.customers.refusals import AddressRefused
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits


@all_or_nothing()
def add_address(contact: Contact, email: str, *, by: Actor, at: datetime | None = None) -> ContactAddress:
    """The contact has this address too; the first one is written to. Effects: address.added.

    One that he has already is given back. Errors: AddressRefused, ContactIsGone.
    """
    permits.require(by, "contact.edit")
    at = clock.instant(at)
    lock_living(contact)
    email = checked_address(email, of=contact)
    if known := contact.addresses.filter(email__iexact=email).first():
        return known
    address = ContactAddress.objects.create(
        contact=contact, email=email, is_primary=not contact.addresses.exists(), added_at=at
    )
    _record("address.added", address, by=by, at=at)
    return address


@all_or_nothing()
def confirm_address(address: ContactAddress, *, by: Actor, at: datetime | None = None) -> None:
    """The person showed that the address is his, by a code or by signing in. Effects: address.confirmed.

    The contact himself confirms, or the product after the code, or whoever may edit contacts. Confirmed
    already, nothing happens.
    """
    _require_own_or_editing(address, by)
    lock(address)
    if address.verified_at:
        return
    address.verified_at = clock.instant(at)
    address.bounced_at = None
    address.save(update_fields=["verified_at", "bounced_at"])
    _record("address.confirmed", address, by=by, at=at)


@all_or_nothing()
def make_primary(address: ContactAddress, *, by: Actor, at: datetime | None = None) -> None:
    """Mail to the contact goes to this address from now on. Effects: address.made_primary."""
    permits.require(by, "contact.edit")
    lock_living(address.contact)
    lock(address)
    if address.is_primary:
        return
    _write_to(address)
    _record("address.made_primary", address, by=by, at=at)


@all_or_nothing()
def remove_address(address: ContactAddress, *, by: Actor, at: datetime | None = None) -> None:
    """The address is no longer the contact's; if mail went there, it goes to his next one.

    Effects: address.removed. Errors: AddressRefused for the address that somebody signs in with.
    """
    permits.require(by, "contact.edit")
    lock_living(address.contact)
    user = address.contact.user
    if user and user.is_active and user.email.lower() == address.email.lower():
        raise AddressRefused(
            _("%(name)s signs in with %(email)s. Withdraw access to the portal first. Nothing was removed.")
            % {"name": address.contact, "email": address.email}
        )
    _record("address.removed", address, by=by, at=at)
    others = address.contact.addresses.exclude(pk=address.pk)
    address.delete()
    if not others.filter(is_primary=True).exists() and (follower := others.first()):
        _write_to(follower)


@all_or_nothing()
def mark_bounced(address: ContactAddress, *, by: Actor, at: datetime | None = None) -> None:
    """Mail to this address came back for good; said where somebody writes to it. Effects: address.bounced."""
    permits.require(by, "contact.edit")
    lock(address)
    if address.bounced_at:
        return
    address.bounced_at = clock.instant(at)
    address.save(update_fields=["bounced_at"])
    _record("address.bounced", address, by=by, at=at)


def _write_to(address: ContactAddress) -> None:
    ContactAddress.objects.filter(contact=address.contact_id, is_primary=True).update(is_primary=False)
    address.is_primary = True
    address.save(update_fields=["is_primary"])


def _require_own_or_editing(address: ContactAddress, by: Actor) -> None:
    contact = address.contact
    own = {contact.actor_ref, ("person", contact.user_id)}
    if by.actor_ref not in own:
        permits.require(by, "contact.edit")


def _record(kind: str, address: ContactAddress, *, by: Actor, at: datetime | None) -> None:
    record(kind, by=by, at=at, subjects=subjects_of(address.contact), facts={"address": address.pk})
