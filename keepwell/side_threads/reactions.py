"""What happens to side threads when something happens to mail, cases or people."""

from keepwell.cases.models import Case
from keepwell.customers.models import ContactAddress
from keepwell.journal.models import Entry
from keepwell.journal.reacting import on
from keepwell.people.actors import Recorded
from keepwell.side_threads.delivery import deliveries_carried
from keepwell.side_threads.verbs.erasing import erase_addresses
from keepwell.side_threads.verbs.failing import fail
from keepwell.side_threads.verbs.handing_on import hand_on


@on("mail.failed")
def it_did_not_arrive(entry: Entry) -> None:
    for delivery in deliveries_carried(entry):
        fail(delivery, at=entry.occurred_at)


@on("mail.sent")
def it_arrived_after_all(entry: Entry) -> None:
    deliveries_carried(entry).update(failed_at=None)


@on("case.merged")
def the_surviving_case_has_them(entry: Entry) -> None:
    into = Case.objects.get(pk=entry.fact("into"))
    hand_on(entry.ids_of("case"), into, by=Recorded(entry.actor_ref), at=entry.occurred_at)


@on("contact.erased")
def whoever_was_asked_is_forgotten_everywhere(entry: Entry) -> None:
    """A customer's person may have been asked as somebody outside, at another customer's case or his own."""
    addresses = ContactAddress.objects.filter(contact__in=entry.facts["identities"])
    emails = list(addresses.values_list("email", flat=True))
    erase_addresses(emails, by=Recorded(entry.actor_ref), at=entry.occurred_at)
