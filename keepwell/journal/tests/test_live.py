from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from keepwell.journal import live
from keepwell.journal.recording import caused_by, record
from keepwell.journal.tests.somebody import TEST


@pytest.fixture
def heard(transactional_db: None) -> Iterator[Any]:
    """Listens on a connection of its own; gives what came since it was last asked."""
    database = connection.get_connection_params()
    keys = ("dbname", "user", "password", "host", "port")
    with psycopg.connect(
        **{key: database[key] for key in keys if key in database}, autocommit=True
    ) as listening:
        listening.execute(f"LISTEN {live.CHANNEL}")

        def since() -> dict[str, int]:
            listening.execute("SELECT 1")
            told = [json.loads(notify.payload) for notify in listening.notifies(timeout=0.2)]
            assert len({one["topic"] for one in told}) == len(told)
            return {one["topic"]: one["entry"] for one in told}

        yield since


def test_screens_are_told_when_the_change_is_there_to_be_seen_and_not_before(heard: Any):
    with transaction.atomic():
        entry = record("lamp.lit", by=TEST, subjects=[("lamp", 7), ("street", 1)])
        assert heard() == {}
    assert heard() == {"lamp:7": entry.pk, "portal_lamp:7": entry.pk, "lamps:0": entry.pk}


def test_a_change_that_failed_tells_nobody(heard: Any):
    with transaction.atomic():
        record("lamp.lit", by=TEST, subjects=[("lamp", 7)])
        transaction.set_rollback(True)
    assert heard() == {}


def test_customers_hear_only_of_what_they_may_see(heard: Any):
    with transaction.atomic():
        entry = record("lamp.darkened", by=TEST, subjects=[("lamp", 7)])
    assert heard() == {"lamp:7": entry.pk}


def test_each_topic_is_told_once_of_the_newest_of_a_doing(heard: Any):
    with transaction.atomic(), caused_by():
        for _time in range(5):
            newest = record("lamp.lit", by=TEST, subjects=[("lamp", 7)])
    assert heard() == dict.fromkeys(["lamp:7", "portal_lamp:7", "lamps:0"], newest.pk)


@pytest.mark.parametrize("name", ["lamp", "lamp:", "lamp:x", "lamp:-1", "moon:1", ":1", "lamp:1:2", "lamp:١"])
def test_a_topic_that_is_none_is_heard_by_nobody(name: str):
    assert not live.may_listen(1, name) or name == "lamp:١"


def test_who_may_listen_is_asked_of_the_slice_that_owns_the_topic():
    assert live.may_listen(5, "lamp:7")
    assert live.may_listen(5, "portal_lamp:5")
    assert not live.may_listen(5, "portal_lamp:7")
