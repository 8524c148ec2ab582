from __future__ import annotations

import pytest

from keepwell.kit import clock
from keepwell.operate.checks import demonstration
from keepwell.operate.models import DemoPlay

pytestmark = pytest.mark.django_db


def played(acts: int) -> None:
    DemoPlay.objects.create(seed=7, ends_at=clock.now(), cases=10, acts=40, acts_played=acts)


def test_a_demonstration_that_is_still_being_played_says_how_far_it_is(settings):
    settings.KEEPWELL_DEMO = True
    played(12)
    found = demonstration()
    assert found
    assert (found.done, found.total) == (12, 40)


def test_what_was_played_to_the_end_is_not_spoken_of(settings):
    settings.KEEPWELL_DEMO = True
    played(40)
    assert demonstration() is None


def test_an_installation_of_ones_own_is_not_asked(settings, django_assert_num_queries):
    settings.KEEPWELL_DEMO = False
    with django_assert_num_queries(0):
        assert demonstration() is None
