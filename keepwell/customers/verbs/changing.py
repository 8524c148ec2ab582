"""Changing what is known of a contact, and the account he is at."""

from __future__ import annotations

from datetime import datetime

from keepwell.customers.contact_subjects import subjects_of
from keepwell.customers.models import Account, Contact
from keepwell.customers.reaching import checked_locale, checked_person_name, lock_living
from keepwell.customers.verbs.giving_roles import end_every_role
from keepwell.journal.recording import Actor, caused_by, record
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits
from keepwell.people.verbs.renaming import rename_person


@all_or_nothing()
def change_contact(
    contact: Contact, *, name: str, locale: str = "", by: Actor, at: datetime | None = None
) -> None:
    """The person is called this and reads this language; also where he signs in. Effects: contact.changed.

    Whoever signs in changes himself. Errors: ContactRefused, ContactIsGone.
    """
    if contact.user is None or by.actor_ref != contact.user.actor_ref:
        permits.require(by, "contact.edit")
    lock_living(contact)
    wanted = {"name": checked_person_name(name), "locale": checked_locale(locale)}
    changed = [field for field in wanted if getattr(contact, field) != wanted[field]]
    if not changed:
        return
    for field in changed:
        setattr(contact, field, wanted[field])
    contact.save(update_fields=changed)
    with caused_by():
        if contact.user:
            rename_person(contact.user, **wanted, by=by, at=at)
        record("contact.changed", by=by, at=at, subjects=subjects_of(contact), facts={"fields": changed})


@all_or_nothing()
def place_contact(
    contact: Contact, account: Account | None, *, by: Actor, at: datetime | None = None
) -> None:
    """The contact is at this account from now on; None: at none that we know.

    What he was at the account he leaves, he is no longer: nobody administers a new account by moving to it.
    Effects: contact.placed, contact.role_ended for each role left. Errors: ContactIsGone.
    """
    permits.require(by, "contact.edit")
    lock_living(contact)
    before, after = contact.account_id, account.pk if account else None
    if before == after:
        return
    left = subjects_of(contact)
    contact.account = account
    contact.save(update_fields=["account"])
    with caused_by():
        record(
            "contact.placed",
            by=by,
            at=at,
            subjects=[*subjects_of(contact), *left],
            facts={"from_account": before, "to_account": after},
        )
        if before:
            end_every_role(contact, by=by, at=at)
