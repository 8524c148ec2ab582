"""Forgetting who a contact was."""

from __future__ import annotations

from datetime import datetime

from keepwell.customers.contact_subjects import subjects_of
from keepwell.customers.models import Contact, ContactAddress, ContactPhone
from keepwell.customers.queries import identities_of
from keepwell.journal.recording import Actor, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.outbox.verbs.forgetting import forget_mail_to
from keepwell.people import permits
from keepwell.people.verbs.erasing import erase_person


@all_or_nothing()
def erase_contact(contact: Contact, *, by: Actor, at: datetime | None = None) -> None:
    """Name, addresses, phones and ways to sign in are gone for good, also of contacts merged with this one.

    What the person did stays, as done by an erased person; mail to the person is forgotten, and other slices
    erase the person's words in the same transaction. Effects: contact.erased, with every id under which the
    person stood; person.erased; mail.forgotten.
    """
    permits.require(by, "person.erase")
    at = clock.instant(at)
    identities = identities_of(contact)
    contacts = [Contact.objects.get(pk=identity) for identity in identities]
    for one in contacts:
        lock(one)
    if all(one.erased_at for one in contacts):
        return
    addresses = ContactAddress.objects.filter(contact__in=identities)
    with caused_by():
        forget_mail_to(list(addresses.values_list("email", flat=True)), by=by, at=at)
        for one in contacts:
            _forget(one, by=by, at=at)
        about = [subject for one in contacts for subject in subjects_of(one)]
        record("contact.erased", by=by, at=at, subjects=about, facts={"identities": identities})
        # Only now: who else keeps these addresses somewhere had to know them.
        addresses.delete()
        ContactPhone.objects.filter(contact__in=identities).delete()
    contact.refresh_from_db()


def _forget(contact: Contact, *, by: Actor, at: datetime) -> None:
    if contact.user and not contact.user.erased_at:
        erase_person(contact.user, by=by, at=at)
    contact.name = contact.locale = ""
    contact.erased_at = contact.erased_at or at
    contact.save(update_fields=["name", "locale", "erased_at"])
