"""What the outbox does when a lower slice records something."""

from __future__ import annotations

from keepwell.journal.models import Entry
from keepwell.journal.reacting import on
from keepwell.outbox.verbs.forgetting import forget_mail_to
from keepwell.people.actors import Recorded
from keepwell.people.models import User


@on("person.erased")
def forget_his_mail(entry: Entry) -> None:
    # People record this while the address still stands, so that others can find what hangs on it.
    for identity in entry.ids_of("person"):
        address = User.objects.values_list("email", flat=True).get(pk=identity)
        forget_mail_to([address], by=Recorded(entry.actor_ref), at=entry.occurred_at)
