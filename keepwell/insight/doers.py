"""Who did something, or whom it was about: names for many entries at once, in at most two queries."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from keepwell.customers.models import Contact
from keepwell.people.models import User

ActorRef = tuple[str, int | None]


def names_of(refs: Iterable[ActorRef]) -> dict[ActorRef, str]:
    """The name of each person, contact or part of the product; the parts have one name together."""
    refs = set(refs)
    people = User.objects.in_bulk([pk for noun, pk in refs if noun == "person" and pk])
    contacts = Contact.objects.in_bulk([pk for noun, pk in refs if noun == "contact" and pk])
    names: dict[ActorRef, str] = {("person", pk): person_name(user) for pk, user in people.items()}
    names |= {("contact", pk): contact.name or _("Erased person") for pk, contact in contacts.items()}
    return {ref: names.get(ref) or _unnamed(ref[0]) for ref in refs}


def person_name(user: User) -> str:
    return _("Erased person") if user.erased_at else user.name or user.email


def _unnamed(noun: str) -> str:
    return _("Keepwell itself") if noun.startswith("system") else _("Somebody")
