"""What a contact is at his account, from when to when."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _

from keepwell.customers.contact_subjects import subjects_of
from keepwell.customers.models import Contact, ContactRole
from keepwell.customers.reaching import lock_living
from keepwell.customers.refusals import AccessRefused
from keepwell.customers.sign_in_roles import bring_sign_in_in_line
from keepwell.journal.recording import Actor, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits

Kind = ContactRole.Kind
# Nobody is both: an administrator can all that a user can.
INSTEAD_OF = {Kind.USER: Kind.ADMINISTRATOR, Kind.ADMINISTRATOR: Kind.USER}


@all_or_nothing()
def give_role(contact: Contact, role: str, *, by: Actor, at: datetime | None = None) -> None:
    """The contact is this at his account from now on; he is already, nothing happens.

    Administrator and user take each other's place, also where he signs in.
    Effects: contact.role_given, and contact.role_ended for the one it replaces. Errors: AccessRefused,
    ContactIsGone.
    """
    permits.require(by, "contact.edit")
    at = clock.instant(at)
    lock_living(contact)
    kind = Kind(role)
    _refuse_administrator_of_nothing(contact, kind)
    if _current(contact, kind).exists():
        return
    with caused_by():
        if kind in INSTEAD_OF:
            _end(contact, INSTEAD_OF[kind], by=by, at=at)
        ContactRole.objects.create(contact=contact, account=contact.account, role=kind, from_at=at)
        record("contact.role_given", by=by, at=at, subjects=subjects_of(contact), facts={"role": str(kind)})
        bring_sign_in_in_line(contact, by=by, at=at)


@all_or_nothing()
def end_role(contact: Contact, role: str, *, by: Actor, at: datetime | None = None) -> None:
    """The contact is this no longer; when he was stays readable. Effects: contact.role_ended, if he was."""
    permits.require(by, "contact.edit")
    at = clock.instant(at)
    lock_living(contact)
    with caused_by():
        _end(contact, Kind(role), by=by, at=at)
        bring_sign_in_in_line(contact, by=by, at=at)


@all_or_nothing()
def end_every_role(contact: Contact, *, by: Actor, at: datetime | None = None) -> None:
    """The contact is nothing in particular any more. Effects: contact.role_ended for each role he had."""
    permits.require(by, "contact.edit")
    at = clock.instant(at)
    lock_living(contact)
    with caused_by():
        for kind in Kind:
            _end(contact, kind, by=by, at=at)
        bring_sign_in_in_line(contact, by=by, at=at)


def _end(contact: Contact, kind: str, *, by: Actor, at: datetime) -> None:
    if _current(contact, kind).update(to_at=at):
        record("contact.role_ended", by=by, at=at, subjects=subjects_of(contact), facts={"role": str(kind)})


def _current(contact: Contact, kind: str) -> models.QuerySet[ContactRole]:
    return ContactRole.objects.filter(contact=contact, role=kind, to_at__isnull=True)


def _refuse_administrator_of_nothing(contact: Contact, kind: str) -> None:
    if kind == Kind.ADMINISTRATOR and contact.account_id is None:
        raise AccessRefused(
            _("%(name)s has no account to administer. Place the contact at one first. Nothing was changed.")
            % {"name": contact}
        )
