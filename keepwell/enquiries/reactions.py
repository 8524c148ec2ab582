"""Two contacts became one: what the one asked for is the other's."""

from __future__ import annotations

from keepwell.enquiries.models import Enquiry
from keepwell.journal.models import Entry
from keepwell.journal.reacting import on


@on("contact.merged")
def what_he_asked_for_is_the_others(entry: Entry) -> None:
    Enquiry.objects.filter(contact=entry.fact("merged")).update(contact=entry.fact("into"))
