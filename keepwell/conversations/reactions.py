"""What happens to conversations when something happens to mail, contacts or people."""

from keepwell.conversations.delivery import (
    copies_carried,
    is_lost_to_all,
    mails_carrying,
    messages_carried,
)
from keepwell.conversations.merging import join_parts
from keepwell.conversations.verbs.erasing import erase_words_of_contacts, erase_words_of_person
from keepwell.conversations.verbs.failing import deliver_after_all, fail
from keepwell.journal.models import Entry
from keepwell.journal.reacting import on
from keepwell.people.actors import Recorded


@on("mail.failed")
def the_reply_failed(entry: Entry) -> None:
    for message in messages_carried(entry):
        if is_lost_to_all(message):
            fail(message, at=entry.occurred_at)
    copies_carried(entry).update(failed_at=entry.occurred_at)


@on("mail.sent")
def the_reply_arrived_after_all(entry: Entry) -> None:
    for message in messages_carried(entry):
        deliver_after_all(message, at=entry.occurred_at)
    copies_carried(entry).update(failed_at=None)


@on("mail.sent", "mail.failed")
def it_may_have_arrived_twice(entry: Entry) -> None:
    for message in messages_carried(entry):
        if not message.is_maybe_twice and mails_carrying(message).filter(is_maybe_twice=True).exists():
            message.is_maybe_twice = True
            message.save(update_fields=["is_maybe_twice"])


@on("contact.merged")
def their_parts_are_one(entry: Entry) -> None:
    join_parts(entry.facts["merged"], entry.facts["into"])


@on("contact.erased")
def the_words_of_a_contact_go(entry: Entry) -> None:
    by = Recorded(entry.actor_ref)
    erase_words_of_contacts(entry.facts["identities"], by=by, at=entry.occurred_at)


@on("person.erased")
def the_words_of_a_person_go(entry: Entry) -> None:
    for person in entry.ids_of("person"):
        erase_words_of_person(person, by=Recorded(entry.actor_ref), at=entry.occurred_at)
