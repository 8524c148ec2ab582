"""Who may hold a stream open, and how long what he may hear is so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import httpx
import pytest
from django.db import transaction
from django.test import Client

from keepwell.cases.models import Case
from keepwell.cases.tests.elm_falls import NINE, open_for
from keepwell.customers.models import Contact
from keepwell.customers.verbs.erasing import erase_contact
from keepwell.journal.live import tell
from keepwell.kit import clock
from keepwell.people.models import Role, User
from keepwell.people.verbs.deactivating import deactivate
from keepwell.people.verbs.erasing import erase_person
from keepwell.people.verbs.granting import grant, withdraw
from keepwell.people.verbs.signing_in import note_password
from tests import cast


class Ear:
    """One open stream: what came, in its order."""

    def __init__(self, answer: httpx.Response) -> None:
        self._lines = answer.iter_lines()
        self.topics = self.next("hello")["topics"]

    def next(self, name: str) -> dict[str, Any]:
        event = ""
        for line in self._lines:
            if line.startswith("event: "):
                event = line.removeprefix("event: ")
            elif line.startswith("data: ") and event == name:
                return json.loads(line.removeprefix("data: "))
        raise AssertionError(f"the stream ended before {name!r}")

    def has_ended(self) -> bool:
        """Whether it ends without another word."""
        return [line for line in self._lines if line.startswith("event: ")] == []


@pytest.fixture(autouse=True)
def nine_in_the_morning(site_url: str, clock_at: Any) -> None:
    clock_at(NINE)
    cast.the_guidelines()


@contextmanager
def listening(site_url: str, client: Client, *topics: str) -> Iterator[Ear]:
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    asked = "&".join(f"topic={topic}" for topic in topics)
    with (
        httpx.Client(base_url=site_url, cookies=cookies, timeout=10) as browser,
        browser.stream("GET", f"/live/stream?{asked}") as answer,
    ):
        assert answer.status_code == 200
        yield Ear(answer)


def refused(site_url: str, client: Client, topic: str) -> bool:
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    return httpx.get(f"{site_url}/live/stream?topic={topic}", cookies=cookies).status_code == 401


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def following(case: Case, contact: Contact, *, lasts_for: timedelta = timedelta(hours=24)) -> Client:
    client = Client()
    session = client.session
    until = (clock.now() + lasts_for).isoformat()
    session["followed"] = {"case": case.pk, "contact": contact.pk, "until": until}
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client


def told(*topics: str) -> None:
    with transaction.atomic():
        for topic in topics:
            tell(topic)


def test_who_follows_a_case_by_a_code_hears_of_it_and_of_nothing_else(site_url: str):
    dana = cast.dana_at_elm_falls()
    case, another = open_for(dana), open_for(dana)
    mine, staffs, second = f"portal_case:{case.pk}", f"case:{case.pk}", f"portal_case:{another.pk}"
    wide = ("cases:0", f"portal_conversation:{case.conversation_id}", "person:1")
    with listening(site_url, following(case, dana.contact), staffs, second, *wide, mine) as ear:
        assert ear.topics == [mine]
        told(staffs, second, *wide, mine)
        assert ear.next("topic")["topic"] == mine


def test_when_the_day_of_a_code_is_over_nothing_is_heard_any_more(site_url: str, clock_at: Any):
    dana = cast.dana_at_elm_falls()
    case = open_for(dana)
    topic = f"portal_case:{case.pk}"
    client = following(case, dana.contact, lasts_for=timedelta(hours=1))
    with listening(site_url, client, topic) as ear:
        clock_at(NINE + timedelta(hours=1))
        told(topic)
        assert ear.has_ended()
    assert refused(site_url, client, topic)


def test_a_follower_who_was_erased_hears_nothing_any_more(site_url: str):
    dana = cast.dana_at_elm_falls()
    case = open_for(dana)
    topic = f"portal_case:{case.pk}"
    client = following(case, dana.contact)
    with listening(site_url, client, topic) as ear:
        erase_contact(dana.contact, by=cast.ada_the_administrator())
        told(topic)
        assert ear.has_ended()
    assert refused(site_url, client, topic)


def test_a_stranger_has_no_stream(site_url: str):
    assert refused(site_url, Client(), "support_hours:0")


@pytest.mark.parametrize(
    "ending",
    [
        lambda maria: withdraw(maria, Role.SPECIALIST, by=cast.CAST),
        lambda maria: grant(maria, Role.LEAD, by=cast.CAST),
        lambda maria: deactivate(maria, by=cast.CAST),
        lambda maria: erase_person(maria, by=cast.CAST),
        note_password,
    ],
    ids=["a role withdrawn", "a role given", "sign-in closed", "erased", "a new password"],
)
def test_a_stream_ends_at_once_when_the_rights_of_its_listener_change(site_url: str, ending: Any):
    maria = cast.maria_the_specialist()
    cast.ada_the_administrator()
    with listening(site_url, signed_in(maria), "cases:0") as ear:
        assert ear.topics == ["cases:0"]
        ending(maria)
        told("cases:0")
        assert ear.has_ended()


def test_opened_again_it_carries_what_its_listener_may_hear_now(site_url: str):
    maria = cast.maria_the_specialist()
    client = signed_in(maria)
    withdraw(maria, Role.SPECIALIST, by=cast.CAST)
    with listening(site_url, client, "cases:0", f"person:{maria.pk}") as ear:
        assert ear.topics == [f"person:{maria.pk}"]
    deactivate(maria, by=cast.CAST)
    assert refused(site_url, client, "cases:0")


def test_who_signs_out_hears_nothing_any_more(site_url: str):
    maria = cast.maria_the_specialist()
    client = signed_in(maria)
    with listening(site_url, client, "cases:0") as ear:
        cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        client.post("/accounts/logout/")
        told("cases:0")
        assert ear.has_ended()
    before = Client()
    before.cookies["sessionid"] = cookies["sessionid"]
    assert refused(site_url, before, "cases:0")
