"""What happens to road maps when something happens to people."""

from keepwell.journal.models import Entry
from keepwell.journal.reacting import on
from keepwell.people.actors import Recorded
from keepwell.success.road_maps.verbs.erasing import erase_words_of_contacts


@on("contact.erased")
def the_words_of_a_contact_go(entry: Entry) -> None:
    by = Recorded(entry.actor_ref)
    erase_words_of_contacts(entry.facts["identities"], by=by, at=entry.occurred_at)
