from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from keepwell.outbox.backing_off import CODE_LASTS_FOR, LASTS_FOR, lasts_for, next_attempt_at

NOON = datetime(2026, 6, 9, 12, tzinfo=UTC)


def test_the_waits_grow_and_end_at_six_hours():
    far = NOON + timedelta(days=99)
    waits = [next_attempt_at(attempts, NOON, far) - NOON for attempts in range(1, 11)]
    assert [wait // timedelta(minutes=1) for wait in waits] == [1, 5, 15, 30, 60, 120, 240, 360, 360, 360]


@given(st.integers(1, 500), st.timedeltas(timedelta(0), timedelta(days=9)))
def test_the_next_try_lies_ahead_and_never_beyond_the_end(attempts: int, passed: timedelta):
    until = NOON + LASTS_FOR
    again_at = next_attempt_at(attempts, NOON + passed, until)
    if passed >= LASTS_FOR:
        assert again_at is None
    else:
        assert again_at is not None
        assert NOON + passed < again_at <= until


def test_a_code_is_given_up_soon_everything_else_after_five_days():
    assert lasts_for("code") == CODE_LASTS_FOR
    assert {lasts_for(purpose) for purpose in ("receipt", "reply", "notice", "other")} == {LASTS_FOR}
