"""The demonstration's customers have signals, some of them dealt with, and playbooks that made something."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from keepwell.operate.demo.agreeing import UNTIL_SEEN
from keepwell.operate.demo.furnishing import furnish
from keepwell.operate.demo.steering import steer_all
from keepwell.operate.demo.watching import watch_over
from keepwell.success.signals.models import PlaybookRun, Signal

ENDS_AT = datetime(2026, 6, 9, 15, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_ten_of_them_have_signals_in_many_states_and_again_changes_nothing(clock_at):
    clock_at(ENDS_AT)
    furnish(7, at=ENDS_AT - UNTIL_SEEN, accounts=10)
    steer_all(7, ENDS_AT)
    watch_over(ENDS_AT)
    found = Signal.objects.count()
    watch_over(ENDS_AT)
    assert Signal.objects.count() == found >= 10
    assert len(set(Signal.objects.values_list("state", flat=True))) >= 3
    assert PlaybookRun.objects.exists()
