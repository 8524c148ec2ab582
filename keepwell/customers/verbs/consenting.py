"""What a contact agrees to be written to about."""

from __future__ import annotations

from datetime import datetime

from keepwell.customers.contact_subjects import subjects_of
from keepwell.customers.models import Consent, Contact
from keepwell.customers.reaching import lock_living
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits


@all_or_nothing()
def give_consent(contact: Contact, purpose: str, *, by: Actor, at: datetime | None = None) -> None:
    """The contact agrees, by himself or as told to us; given already, nothing happens.

    Effects: consent.given. Errors: ContactIsGone.
    """
    at = clock.instant(at)
    _require_own_or_editing(contact, by)
    lock_living(contact)
    _consent, is_new = Consent.objects.get_or_create(
        contact=contact,
        purpose=Consent.Purpose(purpose),
        withdrawn_at=None,
        defaults={"given_at": at},
    )
    if is_new:
        _record("consent.given", contact, purpose, by=by, at=at)


@all_or_nothing()
def withdraw_consent(contact: Contact, purpose: str, *, by: Actor, at: datetime | None = None) -> None:
    """The contact no longer agrees; when he did stays readable. Effects: consent.withdrawn, if he had."""
    at = clock.instant(at)
    _require_own_or_editing(contact, by)
    lock_living(contact)
    given = Consent.objects.filter(
        contact=contact, purpose=Consent.Purpose(purpose), withdrawn_at__isnull=True
    )
    if given.update(withdrawn_at=at):
        _record("consent.withdrawn", contact, purpose, by=by, at=at)


def _require_own_or_editing(contact: Contact, by: Actor) -> None:
    if by.actor_ref not in {contact.actor_ref, ("person", contact.user_id)}:
        permits.require(by, "contact.edit")


def _record(kind: str, contact: Contact, purpose: str, *, by: Actor, at: datetime) -> None:
    record(kind, by=by, at=at, subjects=subjects_of(contact), facts={"purpose": str(purpose)})
