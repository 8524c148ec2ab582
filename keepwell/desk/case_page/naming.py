"""Names of the people in entries, asked for at once, and not again for those who are at hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from keepwell.insight.doers import ActorRef, names_of, person_name
from keepwell.journal.models import Entry
from keepwell.people.models import User

# The facts that name a person of ours.
PERSON_FACTS = ("assignee", "from_assignee", "owner", "from_owner", "person")

Names = Mapping[ActorRef, str]


def names_in(entries: Iterable[Entry], known: Names) -> dict[ActorRef, str]:
    """Who did it, and whom it was about. At most two queries, none where all are known."""
    refs = {ref for entry in entries for ref in _refs_of(entry)}
    asked = {ref for ref in refs - set(known) if ref[1] is not None}
    return {**known, **names_of(asked)} if asked else dict(known)


def known_people(users: Iterable[User | None]) -> dict[ActorRef, str]:
    return {("person", user.pk): person_name(user) for user in users if user}


def name_of(ref: ActorRef, names: Names) -> str:
    """The name; parts of the product are one."""
    return names.get(ref) or (_("Keepwell itself") if ref[1] is None else _("Somebody"))


def _refs_of(entry: Entry) -> Iterable[ActorRef]:
    yield entry.actor_ref
    for fact in PERSON_FACTS:
        if entry.fact(fact) is not None:
            yield "person", entry.fact(fact)
    if entry.kind.startswith("participant."):
        yield "contact", entry.fact("contact")
