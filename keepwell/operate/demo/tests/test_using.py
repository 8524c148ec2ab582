"""The demonstration's customers use one of the products, a month at a time; told twice it counts once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from keepwell.operate.demo.agreeing import UNTIL_SEEN
from keepwell.operate.demo.furnishing import furnish
from keepwell.operate.demo.using import begin_use, use
from keepwell.usage.models import UsageDay

ENDS_AT = datetime(2026, 6, 9, 15, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_a_month_of_use_is_told_once_however_often_it_is_asked_for(clock_at, settings, tmp_path):
    settings.VAR = tmp_path
    clock_at(ENDS_AT)
    furnish(7, at=ENDS_AT - UNTIL_SEEN, accounts=2)
    begin_use(at=ENDS_AT - UNTIL_SEEN)
    assert use(7, ENDS_AT, 0)
    counted = list(UsageDay.objects.order_by("pk").values_list("day", "events"))
    assert len({day for day, _events in counted}) > 20
    assert use(7, ENDS_AT, 0)
    assert sorted(UsageDay.objects.values_list("day", "events")) == sorted(counted)
    assert not use(7, ENDS_AT, 13)
