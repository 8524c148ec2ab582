"""Letting a contact into the portal, and keeping him out again."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.utils.translation import gettext as _

from keepwell.customers.contact_subjects import subjects_of
from keepwell.customers.models import Contact, ContactRole
from keepwell.customers.reaching import lock_living
from keepwell.customers.refusals import AccessRefused
from keepwell.customers.sign_in_roles import bring_sign_in_in_line
from keepwell.customers.verbs.giving_roles import give_role
from keepwell.journal.recording import Actor, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits
from keepwell.people.models import Role, User
from keepwell.people.verbs.adding import add_person
from keepwell.people.verbs.deactivating import deactivate, reactivate

AS_CONTACT = {
    Role.CUSTOMER_USER: ContactRole.Kind.USER,
    Role.CUSTOMER_ADMINISTRATOR: ContactRole.Kind.ADMINISTRATOR,
}


@all_or_nothing()
def grant_portal_access(
    contact: Contact, role: str = Role.CUSTOMER_USER, *, by: Actor, at: datetime | None = None
) -> User:
    """The contact signs in to the portal by a code sent to his address, as user or administrator.

    Whoever had access before gets it back with the role asked for. Effects: contact.access_granted; the
    sign-in and the role record theirs. Errors: AccessRefused without an address, or for an administrator
    without an account; AddressTaken if one of our own people signs in with it; ContactIsGone.
    """
    permits.require(by, "contact.edit")
    at = clock.instant(at)
    lock_living(contact)
    with caused_by():
        had_access = contact.user is not None and contact.user.is_active
        user = contact.user or _new_sign_in(contact, by=by, at=at)
        if not user.is_active:
            reactivate(user, by=by, at=at)
        give_role(contact, AS_CONTACT[Role(role)], by=by, at=at)
        # The role may have been his before he could sign in.
        bring_sign_in_in_line(contact, by=by, at=at)
        if not had_access:
            _record("contact.access_granted", contact, {"role": str(role)}, by=by, at=at)
    return User.objects.get(pk=user.pk)


@all_or_nothing()
def withdraw_portal_access(contact: Contact, *, by: Actor, at: datetime | None = None) -> None:
    """The contact signs in no more; what he wrote stays. Effects: contact.access_withdrawn, if he did."""
    permits.require(by, "contact.edit")
    lock_living(contact)
    if contact.user is None or not contact.user.is_active:
        return
    with caused_by():
        deactivate(contact.user, by=by, at=at)
        _record("contact.access_withdrawn", contact, {}, by=by, at=at)


def _new_sign_in(contact: Contact, *, by: Actor, at: datetime) -> User:
    email = contact.email
    if not email:
        raise AccessRefused(
            _("%(name)s has no mail address to send a code to. Nothing was changed.") % {"name": contact}
        )
    user = add_person(name=contact.name, email=email, roles=[Role.CUSTOMER_USER], by=by, at=at)
    EmailAddress.objects.create(user=user, email=email.lower(), verified=True, primary=True)
    contact.user = user
    contact.save(update_fields=["user"])
    return user


def _record(kind: str, contact: Contact, facts: dict[str, str], *, by: Actor, at: datetime | None) -> None:
    person = contact.user_id
    record(
        kind,
        by=by,
        at=at,
        subjects=[*subjects_of(contact), *([("person", person)] if person else [])],
        facts={**facts, "person": person},
    )
