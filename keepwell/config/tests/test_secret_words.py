"""What staff write among themselves is in nothing that is told to open pages, nor is any other word."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import psycopg
import pytest
from django.db import connection, transaction
from django.test import Client

from keepwell.cases.tests.elm_falls import NINE, open_for
from keepwell.journal import live
from keepwell.people.models import User
from tests import cast
from tests.access.scene import following
from tests.access.secret_words import heard_in, write_them


@pytest.fixture
def all_that_is_told(transactional_db):
    """What PostgreSQL hands to whoever listens: gives all of it so far."""
    database = connection.get_connection_params()
    keys = ("dbname", "user", "password", "host", "port")
    wanted = {key: database[key] for key in keys if key in database}
    with psycopg.connect(**wanted, autocommit=True) as listening:
        listening.execute(f"LISTEN {live.CHANNEL}")
        yield lambda: [notify.payload for notify in listening.notifies(timeout=0.5)]


LAST = 7_777_777


def test_no_telling_has_them_nor_any_other_word(all_that_is_told, site_url, clock_at):
    clock_at(NINE)
    cast.the_guidelines()
    dana, maria, theo = cast.dana_at_elm_falls(), cast.maria_the_specialist(), cast.theo_at_level_two()
    case = open_for(dana)
    mine = {"portal_case": case.pk, "portal_conversation": case.conversation_id, "case": case.pk, "cases": 0}
    address = f"{site_url}/live/stream?" + "&".join(f"topic={noun}:{pk}" for noun, pk in mine.items())
    with ExitStack() as opened:
        streams = []
        for session in (session_of(dana), following(case, dana.contact).cookies["sessionid"].value):
            answer = opened.enter_context(
                httpx.stream("GET", address, cookies={"sessionid": session}, timeout=20)
            )
            streams.append(answer.iter_lines())
        heard = [said_until("hello", lines) for lines in streams]
        write_them(case, maria=maria, theo=theo, at=NINE)
        with transaction.atomic():
            live.tell(f"portal_case:{case.pk}", LAST)
        heard += [said_until(str(LAST), lines) for lines in streams]
    told = [json.loads(payload) for payload in all_that_is_told()]
    assert all(f"portal_case:{case.pk}" in each for each in heard[2:])
    assert [word for each in heard for word in heard_in(each)] == []
    assert {tuple(sorted(each)) for each in told} == {("entry", "mark", "topic")}
    assert all(isinstance(each["entry"], int) for each in told)
    assert {each["topic"].partition(":")[0] for each in told} <= set(live.topic_names())


def said_until(mark: str, lines: Iterator[str]) -> str:
    """Every line of the stream up to the one with this in it."""
    said = []
    for line in lines:
        said.append(line)
        if mark in line:
            return "\n".join(said)
    raise AssertionError(f"the stream ended before {mark!r}")


def session_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value
