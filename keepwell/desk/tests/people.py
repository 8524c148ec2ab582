"""People of the vendor and of customers, signed in, for the tests of the desk."""

from __future__ import annotations

from django.test import Client

from keepwell.people.actors import System
from keepwell.people.models import User
from keepwell.people.verbs.adding import add_person

BY_TEST = System("test")


def person(role: str, name: str = "") -> User:
    """Somebody who holds this one role."""
    name = name or f"Pat {role.replace('_', ' ').title()}"
    return add_person(
        name=name, email=f"{name.replace(' ', '.').lower()}@desk.example", roles=[role], by=BY_TEST
    )


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
