"""People of the vendor and of customers, signed in, for the tests of the desk."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from keepwell.desk import house
from keepwell.kit import clock
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


def queries_of(client: Client, address: str) -> int:
    """How many queries a page costs; what is asked or prepared once for many pages is left out.

    The fewer of two times: what is asked again every few seconds falls into one of them on a slow machine.
    """
    client.get(address)
    return min(_queries_now(client, address) for _time in range(2))


def _queries_now(client: Client, address: str) -> int:
    house.look_again()
    house.seen(clock.now())
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
