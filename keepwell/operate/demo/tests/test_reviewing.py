"""Of the demonstration's customers some have system reviews, in every state that matters to look at."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from keepwell.operate.demo.agreeing import UNTIL_SEEN
from keepwell.operate.demo.furnishing import furnish
from keepwell.operate.demo.reviewing import review_all
from keepwell.operate.demo.steering import steer_all
from keepwell.success.reviews.models import Ending, Review, RuleVersion

ENDS_AT = datetime(2026, 6, 9, 15, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_some_are_delivered_one_is_accepted_one_is_written_and_findings_ended(clock_at):
    clock_at(ENDS_AT)
    furnish(7, at=ENDS_AT - UNTIL_SEEN, accounts=10)
    steer_all(7, ENDS_AT)
    for _time in range(2):
        review_all(ENDS_AT)
    states = sorted(Review.objects.values_list("state", flat=True))
    assert states == ["accepted", "delivered", "delivered", "draft"]
    assert {one.end for one in Ending.objects.all()} == {"action", "accepted_risk", "rejected"}
    assert RuleVersion.objects.exists()
    second = Review.objects.get(before__isnull=False)
    assert {one["end"] for one in second.data["last_time"]["findings"]} >= {"action", "rejected"}
