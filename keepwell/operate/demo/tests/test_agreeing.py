"""The demonstration's customers have contracts and road maps of every kind that there is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from keepwell.contracts.models import Contract, Renewal, Subscription
from keepwell.contracts.terms import Phase
from keepwell.operate.demo.agreeing import UNTIL_SEEN
from keepwell.operate.demo.furnishing import furnish
from keepwell.operate.demo.steering import steer_all
from keepwell.success.road_maps.models import ActionItem, Template, ValueClaim, Version

ENDS_AT = datetime(2026, 6, 9, 15, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_ten_of_them_have_one_in_its_notice_window_lost_and_unlimited_ones_and_road_maps_under_way():
    furnish(7, at=ENDS_AT - UNTIL_SEEN, accounts=10)
    for _time in range(2):
        steer_all(7, ENDS_AT)
    first = Contract.objects.order_by("pk").earliest("pk")
    assert first.phase_on(ENDS_AT.date()) == Phase.NOTICE_WINDOW
    assert Contract.objects.filter(account__isnull=False).values("account").distinct().count() == 10
    assert Renewal.objects.filter(outcome="lost").count() == 1
    assert Renewal.objects.filter(outcome="renewed").exists()
    assert {row.is_unlimited for row in Subscription.objects.all()} == {True, False}
    assert {version.state for version in Version.objects.all()} == {"draft", "shared", "agreed"}
    assert {action.state for action in ActionItem.objects.all()} >= {"todo", "done"}
    assert set(ValueClaim.objects.values_list("state", flat=True)) == {"claimed", "confirmed"}
    assert Template.objects.exists()
