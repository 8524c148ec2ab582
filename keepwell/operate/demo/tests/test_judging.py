"""The demonstration's customers have a score with a past: one look a week, and again changes nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from keepwell.operate.demo.agreeing import UNTIL_SEEN
from keepwell.operate.demo.furnishing import furnish
from keepwell.operate.demo.judging import WEEKS, judge
from keepwell.success.health.models import HealthSnapshot

ENDS_AT = datetime(2026, 6, 9, 15, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_each_is_looked_at_once_a_week(clock_at):
    clock_at(ENDS_AT)
    furnish(7, at=ENDS_AT - UNTIL_SEEN, accounts=3)
    judge(ENDS_AT)
    judge(ENDS_AT)
    looks = HealthSnapshot.objects.values_list("account", "as_of")
    assert len(set(looks)) == len(looks) >= WEEKS
    assert max(as_of for _account, as_of in looks).date() == ENDS_AT.date()
