"""What software is answered when it tells of its use."""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from keepwell.api import usage
from keepwell.api.rates import Rates
from keepwell.customers.models import Product
from keepwell.journal.models import Entry
from keepwell.usage.models import Apart, Landed, PersonKey, Source
from keepwell.usage.verbs.sources import NewSource, add_source, stop_source
from tests import cast

pytestmark = pytest.mark.django_db

TRACK = {"event": "Plow sent", "userId": "u-1", "messageId": "m-1", "context": {"groupId": "elm-falls"}}


@pytest.fixture(autouse=True)
def fresh_rates(monkeypatch):
    monkeypatch.setattr(usage, "rates", Rates())


@pytest.fixture
def key() -> str:
    product = Product.objects.first() or cast.roadworks()
    return add_source(NewSource(name="App", kind="segment", product=product), by=cast.CAST)[1]


def send(key: str, kind: str, body: Any, **headers: str) -> Any:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    credentials = base64.b64encode(f"{key}:".encode()).decode()
    return Client(enforce_csrf_checks=True).post(
        f"/v1/{kind}",
        content,
        content_type="application/json",
        headers={"authorization": f"Basic {credentials}", **headers},
    )


def test_a_track_is_kept_before_it_is_answered(key):
    answer = send(key, "track", TRACK)
    assert (answer.status_code, answer.json()) == (
        200,
        {"success": True, "taken": 1, "apart": 0, "refused": []},
    )
    landed = Landed.objects.get()
    assert (landed.kind, landed.event, landed.group_key) == ("track", "Plow sent", "elm-falls")
    assert landed.person_key == str(PersonKey.objects.get(user_id="u-1").key)
    assert "sessionid" not in answer.cookies
    assert not Entry.objects.exclude(kind__in=("source.added", "product.added")).exists()


def test_every_kind_has_its_address(key):
    assert send(key, "identify", {"userId": "u-1", "traits": {"name": "Dana"}}).status_code == 200
    assert send(key, "page", {"userId": "u-1", "name": "Map"}).status_code == 200
    assert (
        send(key, "group", {"userId": "u-1", "groupId": "g", "traits": {"version": "12"}}).status_code == 200
    )
    assert sorted(Landed.objects.values_list("kind", flat=True)) == ["group", "identify", "page"]
    assert Client().get("/v1/track").status_code == 405


def test_of_a_batch_what_can_be_taken_is_and_the_rest_is_refused_in_words(key):
    batch = [
        {**TRACK, "type": "track"},
        {**TRACK, "type": "track", "event": ""},
        {**TRACK, "type": "track", "messageId": "m-2", "properties": {"note": "x" * 100_000}},
        {**TRACK, "type": "track", "messageId": "m-3", "timestamp": "2060-01-01T00:00:00Z"},
    ]
    answer = send(key, "batch", {"batch": batch})
    said = answer.json()
    assert (answer.status_code, said["taken"], said["apart"]) == (200, 2, 1)
    assert [one["index"] for one in said["refused"]] == [1, 2]
    assert "properties.note" in said["refused"][1]["why"]
    assert (Landed.objects.count(), Apart.objects.count()) == (1, 1)
    source = Source.objects.get()
    assert source.refused == 2
    assert "properties.note" in source.said


def test_a_single_event_that_is_too_large_says_which_part_it_is(key):
    answer = send(key, "track", {**TRACK, "properties": {"note": "x" * 100_000}})
    assert answer.status_code == 400
    assert "properties.note" in answer.json()["refused"][0]["why"]


def test_what_stands_beside_a_batch_holds_for_each_of_it(key):
    batch = [{"type": "track", "event": "Looked", "userId": "u-1", "timestamp": "2030-01-01T10:00:00Z"}]
    body = {"batch": batch, "context": {"groupId": "elm-falls"}, "sentAt": "2030-01-01T10:00:00Z"}
    assert send(key, "batch", body).json()["apart"] == 0
    assert Landed.objects.get().group_key == "elm-falls"


@pytest.mark.parametrize("given", ["", "wrong", "none"])
def test_without_the_key_nothing_is_kept(key, given):
    headers = {} if given == "none" else {"authorization": f"Basic {given}"}
    answer = Client().post("/v1/track", json.dumps(TRACK), content_type="application/json", headers=headers)
    assert answer.status_code == 401
    assert not Landed.objects.exists()


def test_a_stopped_source_is_a_stranger(key):
    stop_source(Source.objects.get(), by=cast.CAST)
    assert send(key, "track", TRACK).status_code == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b"[" * 200_000, 400),
        (b'{"batch": {}}', 400),
        (b'{"batch": [], "sentAt": "never"}', 400),
        (b'{"batch": [1]}', 400),
        (b"x" * 520_000, 413),
        (b'{"batch": []}', 200),
    ],
)
def test_a_call_that_is_none_is_answered_in_words(key, body, status):
    answer = send(key, "batch", body)
    assert answer.status_code == status
    assert answer.json()["success"] is (status == 200)


def test_a_packed_call_is_read_and_a_bomb_is_not(key):
    packed = gzip.compress(json.dumps(TRACK).encode())
    assert send(key, "track", packed, **{"content-encoding": "gzip"}).status_code == 200
    bomb = gzip.compress(b" " * 50_000_000)
    assert send(key, "track", bomb, **{"content-encoding": "gzip"}).status_code == 413
    assert send(key, "track", b"\x1f\x8bnone", **{"content-encoding": "gzip"}).status_code == 400


def test_what_a_database_cannot_keep_is_refused_and_not_an_error(key):
    body = b'{"event": "a\\u0000b", "userId": "u-1"}'
    assert send(key, "track", body).status_code == 400
    assert send(key, "track", b'{"event": "\\ud800", "userId": "u-1"}').status_code == 400
    facts = b'{"groupId": "g", "traits": {"a": "\\u0000", "b": NaN, "c": 1}}'
    assert send(key, "group", facts).status_code == 200
    assert Landed.objects.get().facts == {"c": 1}


def test_too_many_calls_in_a_second_are_asked_to_come_again(key, settings, monkeypatch):
    settings.KEEPWELL_USAGE_CALLS_PER_SECOND = 2
    now = [0.0]
    monkeypatch.setattr(usage, "rates", Rates(lambda: now[0]))
    answers = [send(key, "track", {**TRACK, "messageId": str(number)}) for number in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "1"
    now[0] = 1.0
    assert send(key, "track", TRACK).status_code == 200


def test_somebody_who_guesses_keys_is_not_looked_up_for_long(
    key, settings, monkeypatch, django_assert_max_num_queries
):
    settings.KEEPWELL_USAGE_CALLS_PER_SECOND = 1
    monkeypatch.setattr(usage, "rates", Rates(lambda: 0.0))
    with django_assert_max_num_queries(2 * usage.STRANGERS_PER_SECOND * 4):
        answers = [send(f"guess-{number}", "track", TRACK).status_code for number in range(60)]
    assert set(answers) == {401}


def test_nothing_is_answered_yes_that_could_not_be_kept(key, monkeypatch):
    def full(*given: Any, **more: Any) -> None:
        raise DatabaseError("no room")

    monkeypatch.setattr(usage, "land", full)
    with pytest.raises(DatabaseError):
        send(key, "track", TRACK)
