"""Whoever signs in by a code showed that the address is his."""

from __future__ import annotations

from keepwell.customers.models import ContactAddress
from keepwell.customers.verbs.addressing import confirm_address
from keepwell.journal.models import Entry
from keepwell.journal.reacting import on
from keepwell.people.actors import Recorded
from keepwell.people.models import User


@on("person.signed_in")
def confirm_what_the_code_was_sent_to(entry: Entry) -> None:
    who, identity = entry.actor_ref
    if entry.fact("method") != "code" or who != "person" or identity is None:
        return
    email = User.objects.values_list("email", flat=True).get(pk=identity)
    for address in ContactAddress.objects.filter(
        contact__user=identity, email__iexact=email, verified_at__isnull=True
    ):
        confirm_address(address, by=Recorded(entry.actor_ref), at=entry.occurred_at)
