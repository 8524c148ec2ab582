from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from keepwell.kit import clock
from keepwell.people.jobs import clear_sessions


@pytest.mark.django_db
def test_sessions_that_ran_out_are_cleared_and_living_ones_stay():
    for name, ends_in in (("over", -1), ("living", 1)):
        Session.objects.create(
            session_key=name, session_data="", expire_date=clock.now() + timedelta(hours=ends_in)
        )
    clear_sessions(timestamp=0)
    assert [session.session_key for session in Session.objects.all()] == ["living"]
