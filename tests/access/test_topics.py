"""Nobody hears of what he may not see."""

from __future__ import annotations

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from keepwell.config.live.stream import stream
from keepwell.journal import live
from tests.access.listening import TOPICS, overheard

pytestmark = pytest.mark.django_db


def test_every_topic_has_a_row():
    assert set(live.topic_names()) == set(TOPICS)


def test_only_the_rightful_may_listen(scene):
    assert overheard(scene) == []


def test_a_stranger_gets_no_stream():
    async def nobody() -> AnonymousUser:
        return AnonymousUser()

    request = RequestFactory().get("/live/stream?topic=cases:0")
    request.auser = nobody
    assert async_to_sync(stream)(request).status_code == 401


def test_a_topic_that_everybody_may_hear_is_noticed(scene, monkeypatch):
    monkeypatch.setitem(live._topics, "portal_case", lambda user, identity: True)
    assert "portal_case: nora hears it" in overheard(scene)
