"""A page misses nothing: neither before its stream stands nor while the stream is away."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import httpx
import psycopg
import pytest
from django.db import connection, transaction
from django.test import Client

from keepwell.cases.tests.elm_falls import open_for
from keepwell.config.live.hub import REMEMBERS, Hub, Telling, newest_mark
from keepwell.journal.live import tell
from keepwell.journal.recording import record
from tests.cast import dana_at_elm_falls, maria_the_specialist, nora_of_another_town, the_guidelines

Events = list[tuple[str, str, str]]  # name, topic, id


@pytest.fixture
def as_person(site_url: str) -> Iterator[Callable[..., httpx.Client]]:
    opened: list[httpx.Client] = []

    def browser(user) -> httpx.Client:
        client = Client()
        client.force_login(user)
        cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        opened.append(httpx.Client(base_url=site_url, cookies=cookies, timeout=10))
        return opened[-1]

    yield browser
    for browser_of_his in opened:
        browser_of_his.close()


@pytest.fixture
def desk(as_person) -> httpx.Client:
    return as_person(maria_the_specialist())


def mark_of(page: httpx.Response) -> str:
    found = re.search(r'data-mark="([^"]+)"', page.text)
    assert found, "the page carries no mark"
    return found[1]


@contextmanager
def stream(browser: httpx.Client, *topics: str, since: list[str] = (), headers=None) -> Iterator[Iterator]:
    asked = urlencode([*(("topic", topic) for topic in topics), *(("since", mark) for mark in since)])
    with browser.stream("GET", f"/live/stream?{asked}", headers=headers) as answer:
        assert answer.status_code == 200
        yield events(answer.iter_lines())


def events(lines: Iterator[str]) -> Iterator[tuple[str, str, str]]:
    said: dict[str, str] = {}
    for line in lines:
        if line:
            name, _, value = line.partition(": ")
            said[name] = value
        elif "event" in said:
            yield said["event"], json.loads(said["data"]).get("topic", ""), said.get("id", "")
            said = {}


def until(name: str, heard: Iterator) -> Events:
    """What came up to the first event of this name, that one included."""
    found: Events = []
    for event in heard:
        found.append(event)
        if event[0] == name:
            return found
    raise AssertionError(f"the stream ended before {name!r}: {found}")


def names(found: Events) -> list[tuple[str, str]]:
    return [(name, topic) for name, topic, _mark in found]


HELLO = [("hello", "")]


def told(topic: str) -> None:
    """Told, and heard by the server: what is on its way while a page is made may be heard twice."""
    before, deadline = newest_mark(), time.monotonic() + 10
    with transaction.atomic():
        tell(topic)
    while newest_mark() == before:
        assert time.monotonic() < deadline, "the server heard nothing"
        time.sleep(0.005)


def test_what_is_told_before_the_stream_stands_is_heard_when_it_does(desk: httpx.Client):
    page = desk.get("/desk/cases/")
    told("cases:0")
    with stream(desk, "cases:0", "support_hours:0", since=[mark_of(page)]) as heard:
        assert names(until("hello", heard)) == [("topic", "cases:0"), *HELLO]


def test_a_page_that_nothing_was_told_to_since_fetches_nothing_again(desk: httpx.Client):
    told("cases:0")
    page = desk.get("/desk/cases/")
    with stream(desk, "cases:0", since=[mark_of(page)]) as heard:
        assert names(until("hello", heard)) == HELLO
        told("cases:0")
        assert names([next(heard)]) == [("topic", "cases:0")]


def test_an_entry_recorded_before_the_page_and_committed_after_it_is_heard(desk: httpx.Client):
    """Its sequence is lower than that of what the page knows."""
    parameters = {**connection.get_connection_params(), "autocommit": False}
    wanted = {
        key: parameters[key] for key in ("dbname", "user", "password", "host", "port") if key in parameters
    }
    with psycopg.connect(**wanted) as slow:
        slow.execute("SELECT nextval('keepwell_journal_entry_id_seq')")
        slow.execute(
            """SELECT pg_notify('keepwell_live', '{"topic": "cases:0", "entry": 1, "mark": "slow"}')"""
        )
        with transaction.atomic():
            record("person.changed", by=maria_the_specialist(), subjects=[("case", 1)], facts={"fields": []})
        page = desk.get("/desk/cases/")
        slow.commit()
    with stream(desk, "cases:0", since=[mark_of(page)]) as heard:
        assert ("topic", "cases:0") in names(until("hello", heard))


def test_of_several_pages_the_oldest_counts(desk: httpx.Client):
    older = mark_of(desk.get("/desk/cases/"))
    told("cases:0")
    newer = mark_of(desk.get("/desk/cases/"))
    assert older != newer
    for since in ([older, newer], [newer, older]):
        with stream(desk, "cases:0", since=since) as heard:
            assert names(until("hello", heard)) == [("topic", "cases:0"), *HELLO]


@pytest.mark.parametrize("mark", ["", "of-a-server-that-is-no-more"])
def test_a_page_of_which_nothing_is_known_fetches_everything_again(desk: httpx.Client, mark: str):
    with stream(desk, "cases:0", since=[mark]) as heard:
        assert names(until("hello", heard)) == [("resync", ""), *HELLO]


def test_after_a_break_only_what_was_missed_is_heard(desk: httpx.Client):
    topics = ("cases:0", "support_hours:0", "accounts:0")
    first = mark_of(desk.get("/desk/cases/"))
    with stream(desk, *topics, since=[first]) as heard:
        until("hello", heard)
        told("accounts:0")
        _name, _topic, last = next(heard)
    told("cases:0")
    # The browser asks the same address again, and says by itself what it heard last.
    with stream(desk, *topics, since=[first], headers={"Last-Event-ID": last}) as heard:
        assert names(until("hello", heard)) == [("topic", "cases:0"), *HELLO]


def test_what_was_heard_at_hello_is_not_heard_again_after_a_break(desk: httpx.Client):
    first = mark_of(desk.get("/desk/cases/"))
    told("cases:0")
    with stream(desk, "cases:0", since=[first]) as heard:
        last = until("hello", heard)[-1][2]
    with stream(desk, "cases:0", since=[first], headers={"Last-Event-ID": last}) as heard:
        assert names(until("hello", heard)) == HELLO


def test_what_somebody_may_not_hear_is_not_caught_up(as_person: Callable[..., httpx.Client]):
    the_guidelines()
    other = open_for(nora_of_another_town())
    browser = as_person(dana_at_elm_falls())
    page = browser.get("/portal/")
    told(f"portal_case:{other.pk}")
    told("cases:0")
    with stream(browser, f"portal_case:{other.pk}", "cases:0", since=[mark_of(page)]) as heard:
        assert names(until("hello", heard)) == HELLO


def test_two_tellings_of_one_change_are_two_marks(desk: httpx.Client):
    """Else a break between them would lose the second."""
    with stream(desk, "cases:0", "accounts:0") as heard:
        until("hello", heard)
        with transaction.atomic():
            tell("cases:0", 7)
            tell("accounts:0", 7)
        assert len({next(heard)[2], next(heard)[2]}) == 2


def test_what_lies_further_back_than_is_remembered_is_not_guessed():
    hub = Hub()
    for number in range(REMEMBERS + 1):
        hub.hear(Telling("cases:0", number, f"m{number}"))
    assert hub.missed(["m0"], ["cases:0"]) is None
    assert hub.missed(["m1"], ["cases:0"]) == [Telling("cases:0", REMEMBERS, f"m{REMEMBERS}")]


def test_when_the_database_comes_back_what_was_known_before_counts_no_more():
    hub = Hub()
    hub.begin()
    before = hub.mark
    assert hub.missed([before], ["cases:0"]) == []
    hub.begin()
    assert hub.missed([before], ["cases:0"]) is None
    assert hub.missed([hub.mark], ["cases:0"]) == []
