"""What is taken of what software tells, and what is refused in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from keepwell.usage.models.apart import WhyApart
from keepwell.usage.taking.clock_skew import occurred_at
from keepwell.usage.taking.group_facts import facts_in
from keepwell.usage.taking.message import MessageRefused, Received, event_in

NOON = datetime(2026, 6, 9, 12, tzinfo=UTC)
CAME = Received(received_at=NOON, sent_at=None, salt="salt")
TRACK = {
    "type": "track",
    "event": "Work order closed",
    "userId": "u-1",
    "messageId": "m-1",
    "timestamp": "2026-06-09T11:00:00Z",
    "context": {"groupId": "elm-falls"},
    "properties": {"module": " Snow "},
}


def test_a_track_is_taken_as_it_says():
    event = event_in(TRACK, CAME)
    assert (event.kind, event.event, event.user_id, event.group_key, event.module) == (
        "track",
        "Work order closed",
        "u-1",
        "elm-falls",
        "Snow",
    )
    assert event.occurred_at == datetime(2026, 6, 9, 11, tzinfo=UTC)
    assert event.apart is None


@pytest.mark.parametrize(
    ("said", "sent", "happened"),
    [
        # By a clock that is ten minutes fast: sent when it said 12:10, which was noon.
        (NOON + timedelta(minutes=5), NOON + timedelta(minutes=10), NOON - timedelta(minutes=5)),
        # Ten years ahead, and it says so itself: no harm.
        (NOON + timedelta(days=3650), NOON + timedelta(days=3650, seconds=3), NOON - timedelta(seconds=3)),
        (NOON - timedelta(hours=3), None, NOON - timedelta(hours=3)),
        (None, NOON - timedelta(hours=3), NOON),
    ],
)
def test_a_wrong_clock_is_set_right_by_when_it_sent(said, sent, happened):
    assert occurred_at(said, sent, NOON) == happened


def test_a_clock_ten_years_ahead_that_does_not_say_when_it_sent_is_put_apart():
    ahead = event_in({**TRACK, "timestamp": "2036-06-09T11:00:00Z"}, CAME)
    assert ahead.apart == WhyApart.AHEAD
    assert event_in({**TRACK, "timestamp": "1970-01-01T00:00:00Z"}, CAME).apart == WhyApart.LONG_AGO


def test_sent_again_it_is_the_same_and_with_other_words_it_is_not():
    first = event_in(TRACK, CAME)
    again = event_in({**TRACK, "sentAt": "2026-06-09T11:59:00Z"}, CAME)
    other = event_in({**TRACK, "properties": {"module": "Signs"}}, CAME)
    assert first.content_hash == again.content_hash != other.content_hash
    nameless = {key: value for key, value in TRACK.items() if key != "messageId"}
    assert (
        event_in(nameless, CAME).message_id == event_in({**nameless, "sentAt": "2026-06-09"}, CAME).message_id
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"properties": {"note": "x" * 100_000}}, "properties.note"),
        ({"event": ""}, "without an event"),
        ({"event": 1.5}, "event is neither"),
        ({"userId": "x" * 201}, "userId has more than 200"),
        ({"messageId": "a\x00b"}, "zero byte"),
        ({"timestamp": "yesterday"}, "timestamp"),
        ({"timestamp": 5}, "timestamp"),
        ({"type": "alias"}, "alias"),
        ({"type": "group", "context": {}}, "without a groupId"),
        ({"type": ["track"]}, "taken"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(change, words):
    with pytest.raises(MessageRefused, match=words):
        event_in({**TRACK, **change}, CAME)


def test_no_object_is_refused():
    with pytest.raises(MessageRefused):
        event_in(["track"], CAME)


def test_a_group_tells_how_it_is_set_up_and_not_who_it_is():
    traits = {
        "version": "12.4",
        "seats_provisioned": 40,
        "configuration": {"backup": {"is_on": False}, "words": "x" * 300},
        "name": "City of Elm Falls",
        "email": "it@elm.example",
        "address": {"street": "Main"},
        "tags": ["a"],
    }
    assert facts_in(traits) == {
        "version": "12.4",
        "seats_provisioned": 40,
        "configuration.backup.is_on": False,
    }
    assert event_in({"type": "group", "groupId": "g", "traits": traits}, CAME).facts == facts_in(traits)
    assert event_in(TRACK, CAME).facts is None
