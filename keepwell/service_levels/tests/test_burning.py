"""When a promise burns and when it is calm again: tables, and what holds for any numbers."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from keepwell.service_levels.burning import (
    FAST_PACE,
    PACES,
    QUIET,
    SLOW_PACE,
    STRETCHES,
    Stretch,
    is_burning,
    look_back,
)

CENTRAL = ZoneInfo("America/Chicago")


def stretches(a_day: float, **missed: int) -> dict[int, Stretch]:
    """So many a day may be missed; missed: by days, as in last_3=5. A longer stretch holds the shorter."""
    found, most = {}, 0
    for days in STRETCHES:
        most = max(most, missed.get(f"last_{days}", 0))
        found[days] = Stretch(missed=most, allowed=a_day * days)
    return found


# Ten clocks a month at 85 %, forty, and four hundred.
A_FEW, SOME, MANY = 0.05, 0.2, 2.0


@pytest.mark.parametrize(
    ("a_day", "missed", "burns"),
    [
        (A_FEW, {"last_1": 1}, False),  # 7 times as fast, and yet one case
        (A_FEW, {"last_1": 2}, True),
        (A_FEW, {"last_1": 1, "last_3": 2}, True),
        (A_FEW, {"last_3": 2}, False),  # none since yesterday: it has stopped
        (SOME, {"last_1": 1, "last_3": 2}, False),  # 3.3 times as fast
        (SOME, {"last_1": 1, "last_3": 3}, True),  # 5 times
        (SOME, {"last_3": 3}, False),
        (MANY, {"last_1": 7, "last_3": 20}, False),
        (MANY, {"last_1": 8, "last_3": 24}, True),  # 4 times, both
        (MANY, {"last_1": 7, "last_3": 30}, False),
    ],
)
def test_it_burns_fast_at_four_times_the_pace_in_three_days_and_in_the_last(a_day, missed, burns):
    assert is_burning(FAST_PACE, stretches(a_day, **missed), already=False) is burns


@pytest.mark.parametrize(
    ("a_day", "missed", "burns"),
    [
        (A_FEW, {"last_3": 1, "last_14": 2}, False),  # 2.9 times as fast, and chance may bring it
        (A_FEW, {"last_3": 1, "last_14": 3}, True),
        (SOME, {"last_3": 1, "last_14": 6}, False),  # 2.1 times, and 2.8 + 3.3 is more
        (SOME, {"last_3": 1, "last_14": 7}, True),
        (SOME, {"last_14": 9}, False),  # none in three days
        (MANY, {"last_3": 9, "last_14": 41}, False),
        (MANY, {"last_3": 9, "last_14": 42}, True),
        (MANY, {"last_3": 8, "last_14": 60}, False),
    ],
)
def test_it_burns_slowly_at_half_as_much_again_in_two_weeks_and_in_three_days(a_day, missed, burns):
    assert is_burning(SLOW_PACE, stretches(a_day, **missed), already=False) is burns


@pytest.mark.parametrize(
    ("a_day", "missed", "burns"),
    [
        (SOME, {"last_1": 0, "last_3": 1}, True),  # 1.7 times
        (SOME, {}, False),
        (MANY, {"last_1": 1, "last_3": 6}, True),  # the pace itself
        (MANY, {"last_1": 5, "last_3": 5}, False),
    ],
)
def test_once_begun_it_goes_on_down_to_the_pace_that_is_borne(a_day, missed, burns):
    assert is_burning(FAST_PACE, stretches(a_day, **missed), already=True) is burns


def test_a_last_miss_that_is_old_keeps_nothing_burning():
    assert is_burning(SLOW_PACE, stretches(A_FEW, last_3=1), already=True)
    assert not is_burning(SLOW_PACE, stretches(A_FEW, last_14=1), already=True)


def test_promised_for_every_case_the_second_miss_within_three_days_is_told():
    assert not is_burning(FAST_PACE, stretches(0, last_1=1), already=False)
    assert is_burning(FAST_PACE, stretches(0, last_1=1, last_3=2), already=False)
    assert is_burning(FAST_PACE, stretches(0, last_3=2), already=False)
    assert not is_burning(SLOW_PACE, stretches(0, last_1=5), already=False)
    assert is_burning(FAST_PACE, stretches(0, last_3=1), already=True)
    assert not is_burning(FAST_PACE, stretches(0, last_14=2), already=True)


counts = some.lists(some.integers(0, 40), min_size=len(STRETCHES), max_size=len(STRETCHES)).map(sorted)
rates = some.one_of(some.just(0.0), some.floats(0.001, 20))
paces = some.sampled_from(PACES)


def any_stretches(a_day: float, missed: list[int]) -> dict[int, Stretch]:
    return {
        days: Stretch(missed=count, allowed=a_day * days)
        for days, count in zip(STRETCHES, missed, strict=True)
    }


@given(pace=paces, a_day=rates, missed=counts)
def test_what_begins_to_burn_is_not_calm_at_the_same_instant(pace, a_day, missed):
    found = any_stretches(a_day, missed)
    if is_burning(pace, found, already=False):
        assert is_burning(pace, found, already=True)


@given(pace=paces, a_day=rates, missed=counts)
def test_more_misses_never_make_it_calm(pace, a_day, missed):
    found, more = any_stretches(a_day, missed), any_stretches(a_day, [count + 1 for count in missed])
    for already in (False, True):
        assert is_burning(pace, more, already=already) or not is_burning(pace, found, already=already)


@given(pace=paces, a_day=rates, already=some.booleans())
def test_without_a_miss_nothing_burns_and_one_alone_begins_nothing(pace, a_day, already):
    assert not is_burning(pace, any_stretches(a_day, [0] * len(STRETCHES)), already=already)
    assert not is_burning(pace, any_stretches(a_day, [1] * len(STRETCHES)), already=False)


def test_the_quiet_days_are_among_those_that_are_read():
    assert QUIET in STRETCHES


def on_weekdays(on: date) -> bool:
    return on.weekday() < 5


@pytest.mark.parametrize(
    ("at", "days", "since"),
    [
        ("2026-06-10T10:30", 1, "2026-06-09T10:30"),  # a Wednesday
        ("2026-06-08T10:30", 1, "2026-06-05T10:30"),  # a Monday
        ("2026-06-08T10:30", 3, "2026-06-03T10:30"),
        ("2026-06-07T10:30", 1, "2026-06-05T00:00"),  # a Sunday: all of Friday
        ("2026-06-06T00:00", 1, "2026-06-05T00:00"),
        ("2026-06-07T23:59", 3, "2026-06-03T00:00"),
    ],
)
def test_days_in_business_time_are_those_with_business_time(at, days, since):
    found = look_back(datetime.fromisoformat(at).replace(tzinfo=CENTRAL), days, CENTRAL, on_weekdays)
    assert found == datetime.fromisoformat(since).replace(tzinfo=CENTRAL)


def test_a_day_with_23_hours_is_a_day():
    monday = datetime(2026, 3, 9, 1, 0, tzinfo=CENTRAL)
    assert look_back(monday, 1, CENTRAL, lambda on: True) == datetime(2026, 3, 8, 1, 0, tzinfo=CENTRAL)


def test_a_calendar_closed_for_long_ends_the_look_back():
    at = datetime(2026, 6, 10, tzinfo=CENTRAL)
    assert look_back(at, 3, CENTRAL, lambda on: False) == datetime(2026, 4, 11, tzinfo=CENTRAL)
