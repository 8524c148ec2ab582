"""Nobody hears of what he may not see."""

from __future__ import annotations

import pytest

from keepwell.journal import live
from tests.access.listening import TOPICS, listener_without_sign_in, overheard

pytestmark = pytest.mark.django_db


def test_every_topic_has_a_row():
    assert set(live.topic_names()) == set(TOPICS)


def test_only_the_rightful_may_listen(scene):
    assert overheard(scene) == []


def test_a_stranger_gets_no_stream(scene):
    assert listener_without_sign_in(scene.browsers["anonymous"]) is None


def test_a_follower_by_a_code_hears_of_his_case_and_of_no_other(scene):
    follower = listener_without_sign_in(scene.browsers["follower"])
    assert follower.may_hear(f"portal_case:{scene.case.pk}")
    assert not follower.may_hear(f"portal_case:{scene.other.pk}")
    assert not follower.may_hear(f"portal_case:{scene.noras.pk}")


def test_a_topic_that_everybody_may_hear_is_noticed(scene, monkeypatch):
    monkeypatch.setitem(live._topics, "portal_case", lambda user, identity: True)
    assert "portal_case: nora hears it" in overheard(scene)
