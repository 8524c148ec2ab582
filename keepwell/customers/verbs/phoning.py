"""The telephone numbers of a contact."""

from __future__ import annotations

from datetime import datetime

from keepwell.customers.contact_subjects import subjects_of
from keepwell.customers.models import Contact, ContactPhone
from keepwell.customers.reaching import checked_digits, lock_living
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits


@all_or_nothing()
def add_phone(
    contact: Contact,
    number: str,
    *,
    by: Actor,
    kind: str = ContactPhone.Kind.OFFICE,
    at: datetime | None = None,
) -> ContactPhone:
    """The contact can be called there; a number he has already is given back. Effects: phone.added.

    Errors: PhoneRefused, ContactIsGone.
    """
    permits.require(by, "contact.edit")
    at = clock.instant(at)
    lock_living(contact)
    phone, is_new = ContactPhone.objects.get_or_create(
        contact=contact,
        digits=checked_digits(number),
        defaults={"number": number.strip()[:40], "kind": ContactPhone.Kind(kind), "added_at": at},
    )
    if is_new:
        _record("phone.added", phone, by=by, at=at)
    return phone


@all_or_nothing()
def remove_phone(phone: ContactPhone, *, by: Actor, at: datetime | None = None) -> None:
    """The contact is no longer called there. Effects: phone.removed."""
    permits.require(by, "contact.edit")
    lock_living(phone.contact)
    _record("phone.removed", phone, by=by, at=at)
    phone.delete()


def _record(kind: str, phone: ContactPhone, *, by: Actor, at: datetime | None) -> None:
    record(kind, by=by, at=at, subjects=subjects_of(phone.contact), facts={"phone": phone.pk})
