"""Who did something, or whom it was about: names for many entries at once, in one query."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext as _

from keepwell.customers.models import Contact
from keepwell.people.models import User

ActorRef = tuple[str, int | None]
CALLED = Coalesce(NullIf("name", Value("")), "email", output_field=CharField())


def names_of(refs: Iterable[ActorRef]) -> dict[ActorRef, str]:
    """The name of each person, contact or part of the product; the parts have one name together."""
    refs = set(refs)
    people = User.objects.filter(pk__in=[pk for noun, pk in refs if noun == "person" and pk])
    contacts = Contact.objects.filter(pk__in=[pk for noun, pk in refs if noun == "contact" and pk])
    found = _named(people, "person", CALLED).union(_named(contacts, "contact", F("name")))
    nobody = _("Erased person")
    names = {(noun, pk): ("" if erased_at else called) or nobody for noun, pk, called, erased_at in found}
    return {ref: names.get(ref) or _unnamed(ref[0]) for ref in refs}


def _named(rows: QuerySet[Any], noun: str, called: Any) -> QuerySet[Any, tuple[Any, ...]]:
    named = rows.order_by().annotate(noun=Value(noun), called=called)
    return named.values_list("noun", "pk", "called", "erased_at")


def person_name(user: User) -> str:
    return _("Erased person") if user.erased_at else user.name or user.email


def _unnamed(noun: str) -> str:
    return _("Keepwell itself") if noun.startswith("system") else _("Somebody")
