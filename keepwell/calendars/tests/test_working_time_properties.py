"""What holds for every calendar, start and amount."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keepwell.calendars.tests.random_calendars import UNITS, random_calendar
from keepwell.calendars.working_time import OutsidePreparedYears, WorkingTime

YEARS = (2024, 2030)
SECOND = timedelta(seconds=1)
FIRST = datetime(2025, 1, 1, tzinfo=UTC)
SPAN_SECONDS = 500 * 86_400
# Nuuk skips the hour before midnight: a closing moved into Sunday may lie after Sunday's own.
IN_ORDER = [
    "America/Chicago",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Pacific/Apia",
    "Africa/Cairo",
    "UTC",
]
steady = settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])


@lru_cache(maxsize=512)
def working_time(seed, zone):
    calendar = random_calendar(Random(seed), zone=zone, first_year=2025)
    return WorkingTime.parse(calendar.mapping, years=YEARS)


zones = st.sampled_from([*IN_ORDER, "America/Nuuk", "Antarctica/Troll", "America/Havana"])
calendars = st.builds(working_time, st.integers(0, 300), zones)
calendars_in_order = st.builds(working_time, st.integers(0, 300), st.sampled_from(IN_ORDER))
instants = st.integers(0, SPAN_SECONDS).map(lambda second: FIRST + second * SECOND)
hours = st.integers(1, 4000).map(lambda hundredths: hundredths / 100)
units = st.sampled_from(UNITS)
business_units = st.sampled_from([unit for unit in UNITS if unit != "hours"])


def amounts_of(unit):
    return hours if unit in {"hours", "business_hours"} else st.integers(1, 30)


def epoch(found):
    return [int(at.timestamp()) for at in found]


@steady
@given(
    calendars_in_order,
    instants,
    instants,
    st.data(),
    st.sampled_from(["hours", "business_hours", "end_of_business_day"]),
)
def test_a_later_start_is_never_due_earlier(calendar, one, other, data, unit):
    amount = data.draw(amounts_of(unit))
    dues = [calendar.due(start, amount, unit) for start in sorted([one, other])]
    assert dues == sorted(dues)


@steady
@given(
    st.builds(working_time, st.integers(0, 300), st.just("UTC")),
    instants,
    instants,
    st.integers(1, 30),
)
def test_where_clocks_never_change_a_later_start_in_business_days_is_never_due_earlier(
    calendar, one, other, days
):
    dues = [calendar.due(start, days, "business_days") for start in sorted([one, other])]
    assert dues == sorted(dues)


@steady
@given(calendars_in_order, instants, st.data(), units)
def test_a_larger_allowance_is_never_due_earlier(calendar, start, data, unit):
    amounts = sorted([data.draw(amounts_of(unit)), data.draw(amounts_of(unit))])
    dues = [calendar.due(start, amount, unit) for amount in amounts]
    assert dues == sorted(dues)


@steady
@given(calendars, instants, st.data(), units)
def test_nothing_is_due_before_it_starts(calendar, start, data, unit):
    assert calendar.due(start, data.draw(amounts_of(unit)), unit) > start


@steady
@given(calendars, instants, instants, instants)
def test_open_time_adds_up(calendar, one, two, three):
    start, middle, end = sorted([one, two, three])
    parts = calendar.open_seconds(start, middle) + calendar.open_seconds(middle, end)
    assert parts == calendar.open_seconds(start, end)
    assert 0 <= parts <= (end - start).total_seconds()


@steady
@given(calendars, instants, hours)
def test_open_hours_hold_exactly_as_much_open_time_and_end_at_its_last_second(calendar, start, amount):
    due = calendar.due(start, amount, "business_hours")
    assert calendar.open_seconds(start, due) == round(amount * 3600)
    assert calendar.is_open(due - SECOND)


@steady
@given(calendars, instants)
def test_the_next_opening_is_open_and_nothing_is_open_before_it(calendar, at):
    opening = calendar.next_opening(at)
    assert calendar.is_open(opening)
    assert calendar.open_seconds(at, opening) == 0
    assert (opening == at) == calendar.is_open(at)


@steady
@given(calendars, instants, st.integers(0, 20))
def test_the_end_of_a_business_day_is_a_closing_of_the_right_day(calendar, start, days):
    due = calendar.due(start, days, "end_of_business_day")
    assert due > start
    assert calendar.is_open(due - SECOND)


@steady
@given(calendars_in_order, instants, st.integers(1, 20))
def test_business_days_lie_between_the_opening_and_the_closing_of_the_day_they_name(calendar, start, days):
    opening = calendar.next_opening(start)
    due = calendar.due(start, days, "business_days")
    business_days = 0
    day = calendar.local_date(opening)
    while business_days < days:
        day += timedelta(days=1)
        business_days += bool(calendar.intervals_on(day))
    spells = calendar.intervals_on(day)
    assert spells[0][0] <= due <= spells[-1][1]


@steady
@given(
    calendars,
    instants,
    st.integers(1, 10**6),
    st.integers(0, 10**7),
    st.integers(-1000, 10**7),
    units,
)
def test_a_pause_never_brings_a_due_forward_and_keeps_what_remained(
    calendar, paused, left, length, late, unit
):
    due, resumed = paused + left * SECOND, paused + length * SECOND
    later = calendar.resume(paused, resumed, due, unit)
    assert later >= due
    remains = calendar.remaining(paused, due, unit)
    if later > due and remains:
        assert calendar.remaining(resumed, later, unit) == remains
    assert calendar.resume(due + abs(late) * SECOND, due + 10**7 * SECOND, due, unit) == due


@steady
@given(
    calendars,
    instants,
    st.integers(1, 10**6),
    st.integers(0, 10**6),
    st.integers(0, 10**6),
)
def test_a_longer_pause_is_never_due_earlier(calendar, paused, left, one, other):
    for unit in UNITS:
        ends = [paused + length * SECOND for length in sorted([one, other])]
        dues = [calendar.resume(paused, resumed, paused + left * SECOND, unit) for resumed in ends]
        assert dues == sorted(dues)


@steady
@given(calendars, st.lists(instants, min_size=1, max_size=30), st.data(), units)
def test_many_at_once_are_what_each_is_alone(calendar, starts, data, unit):
    amount = data.draw(amounts_of(unit))
    lengths = data.draw(st.lists(st.integers(0, 10**6), min_size=len(starts), max_size=len(starts)))
    dues = [calendar.due(start, amount, unit) for start in starts]
    paused = [start + length * SECOND for start, length in zip(starts, lengths, strict=True)]
    resumed = [at + 2 * length * SECOND for at, length in zip(paused, lengths, strict=True)]
    pauses = list(zip(paused, resumed, dues, strict=True))
    asked = [np.array(epoch(column)) for column in (starts, paused, resumed, dues)]
    at, halted, gone_on, ends = asked
    assert calendar.due_many(at, amount, unit).tolist() == epoch(dues)
    expected = [calendar.resume(*pause, unit) for pause in pauses]
    assert calendar.resume_many(halted, gone_on, ends, unit).tolist() == epoch(expected)
    expected = [calendar.remaining(one, due, unit) for one, _, due in pauses]
    assert calendar.remaining_many(halted, ends, unit).tolist() == expected
    expected = [
        calendar.add_remaining(one, length, unit) for one, length in zip(resumed, lengths, strict=True)
    ]
    assert calendar.add_remaining_many(gone_on, lengths, unit).tolist() == epoch(expected)
    expected = [calendar.open_seconds(one, end) for one, end in zip(starts, resumed, strict=True)]
    assert calendar.open_seconds_many(at, gone_on).tolist() == expected
    assert calendar.is_open_many(at).tolist() == [calendar.is_open(start) for start in starts]
    assert calendar.next_opening_many(at).tolist() == epoch(calendar.next_opening(start) for start in starts)


@steady
@given(st.integers(0, 300), zones, st.integers(-15_000_000, 15_600_000), st.data(), units)
def test_near_the_edges_a_question_is_refused_or_answered_as_with_more_years(seed, zone, second, data, unit):
    wide = working_time(seed, zone)
    narrow = WorkingTime(wide.hours, (2025, 2025))
    start, amount = (
        datetime(2025, 7, 1, tzinfo=UTC) + second * SECOND,
        data.draw(amounts_of(unit)),
    )
    try:
        due = narrow.due(start, amount, unit)
    except OutsidePreparedYears:
        with pytest.raises(OutsidePreparedYears):
            narrow.due_many([int(start.timestamp())], amount, unit)
    else:
        assert due == wide.due(start, amount, unit)


@pytest.mark.parametrize("seed", range(20))
def test_the_open_spells_of_all_days_are_all_open_time(seed):
    calendar = working_time(seed, IN_ORDER[seed % len(IN_ORDER)])
    first = calendar.local_date(FIRST)
    days = [first + timedelta(days=day) for day in range(366)]
    spells = [spell for day in days for spell in calendar.intervals_on(day)]
    start = datetime.combine(days[0], datetime.min.time(), calendar.zone)
    end = datetime.combine(days[-1] + timedelta(days=1), datetime.min.time(), calendar.zone)
    assert spells == sorted(spells)
    assert sum((closes - opens).total_seconds() for opens, closes in spells) == calendar.open_seconds(
        start, end
    )
