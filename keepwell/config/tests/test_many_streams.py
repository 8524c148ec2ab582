"""Many browsers listen at once, and pages are served beside them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest
from django.db import connection
from django.test import Client

from keepwell.config.database import POOL
from keepwell.journal import live
from keepwell.people.models import User
from tests.cast import maria_the_specialist

MORE_THAN_THE_POOL = POOL["max_size"] + 8


@pytest.fixture
def browser(site_url: str) -> Iterator[httpx.Client]:
    client = Client()
    client.force_login(maria_the_specialist())
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    with httpx.Client(base_url=site_url, cookies=cookies, timeout=10) as browser:
        yield browser


@pytest.fixture
def a_topic_that_asks_the_database(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setitem(live._topics, "weather", lambda user, _id: User.objects.filter(pk=user.pk).exists())
    return "weather:1"


def test_open_streams_hold_no_connection_to_the_database(
    browser: httpx.Client, a_topic_that_asks_the_database: str
) -> None:
    topic = a_topic_that_asks_the_database
    with ExitStack() as opened:
        streams = [
            opened.enter_context(browser.stream("GET", f"/live/stream?topic={topic}"))
            for _ in range(MORE_THAN_THE_POOL)
        ]
        lines = [stream.iter_lines() for stream in streams]
        for stream in lines:
            wait_for("event: hello", stream)
        for _ in range(2):  # each telling is checked against the database again, for every stream
            live.tell(topic)
            for stream in lines:
                wait_for("event: topic", stream)
        assert browser.get("/readyz").status_code == 200
        # The last stream may tell its topic a moment before its connection is back in the pool.
        assert any(connections_held() <= 2 for _ in range(20) if browser.get("/readyz").is_success)


def wait_for(line: str, lines: Iterator[str]) -> None:
    assert any(found == line for found in lines), f"the stream ended before {line!r}"


def connections_held() -> int:
    """By anybody in this process, the test itself included."""
    pool = connection.pool.get_stats()
    return pool["pool_size"] - pool["pool_available"]
