"""Working time against worked examples, and the rules one by one."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from keepwell.calendars.working_time import (
    AllowanceError,
    InstantError,
    NeverOpensAgain,
    OutsidePreparedYears,
    WorkingTime,
)

CHICAGO = {
    "timezone": "America/Chicago",
    "hours": {day: [["07:00", "19:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
    "exceptions": {"2026-12-25": [], "2026-12-24": [["07:00", "12:00"]]},
}
VECTORS = json.loads((Path(__file__).parent / "vectors" / "business_time.json").read_text())
CALENDARS = {name: WorkingTime.parse(mapping) for name, mapping in VECTORS["calendars"].items()}


def utc(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    "example",
    VECTORS["cases"],
    ids=lambda e: f"{e['calendar']}-{e['unit']}-{e['start']}",
)
def test_every_worked_example_holds_to_the_second(example):
    calendar = CALENDARS[example["calendar"]]
    due = calendar.due(utc(example["start"]), example["amount"], example["unit"])
    assert due == utc(example["due"])
    if "paused_at" in example:
        pause = utc(example["paused_at"]), utc(example["resumed_at"])
        assert calendar.resume(*pause, due, example["unit"]) == utc(example["due_after_pause"])


@pytest.mark.parametrize(
    "example",
    VECTORS["cases"],
    ids=lambda e: f"{e['calendar']}-{e['unit']}-{e['start']}",
)
def test_every_worked_example_holds_as_an_array_too(example):
    calendar = CALENDARS[example["calendar"]]
    dues = calendar.due_many(seconds(example["start"]), example["amount"], example["unit"])
    assert dues == seconds(example["due"])
    if "paused_at" in example:
        pause = seconds(example["paused_at"]), seconds(example["resumed_at"])
        later = calendar.resume_many(*pause, dues, example["unit"])
        assert later == seconds(example["due_after_pause"])


def seconds(text):
    return np.array([int(utc(text).timestamp())])


def always(zone, *intervals, **exceptions):
    """Working time with the same hours every day."""
    week = dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), intervals)
    dated = {day.removeprefix("on_").replace("_", "-"): hours for day, hours in exceptions.items()}
    return WorkingTime.parse({"timezone": zone, "hours": week, "exceptions": dated})


def local(calendar, text):
    """The first instant that shows this wall time."""
    return datetime.fromisoformat(text).replace(tzinfo=calendar.zone).astimezone(UTC)


def test_plain_hours_run_through_a_night_in_which_the_clocks_change():
    office = WorkingTime.parse(CHICAGO)
    assert office.due(utc("2026-03-08T06:00Z"), 12, "hours") == utc("2026-03-08T18:00Z")


def test_open_hours_used_up_at_closing_are_due_at_the_closing():
    office = WorkingTime.parse(CHICAGO)
    start = local(office, "2026-06-12 17:00")
    assert office.due(start, 2, "business_hours") == local(office, "2026-06-12 19:00")
    assert office.due(start, Decimal("2.5"), "business_hours") == local(office, "2026-06-15 07:30")


def test_open_hours_are_rounded_to_the_second_half_a_second_up():
    office = WorkingTime.parse(CHICAGO)
    start = local(office, "2026-06-12 10:00")
    for amount, lasts in [
        (0.1, 360),
        (1 / 3, 1200),
        (Fraction(9, 7200), 5),
        (0.00375, 14),
        (Decimal("0.00013"), 0),
    ]:
        assert office.due(start, amount, "hours") == start + timedelta(seconds=lasts)
        assert office.due(start, amount, "business_hours") == start + timedelta(seconds=lasts)


def test_a_business_day_ends_at_the_same_local_time_whatever_the_clocks_did():
    office = WorkingTime.parse(CHICAGO)
    start = local(office, "2026-03-06 10:30")
    assert office.due(start, 1, "business_days") == local(office, "2026-03-09 10:30")


def test_a_business_day_from_outside_hours_starts_at_the_next_opening():
    office = WorkingTime.parse(CHICAGO)
    assert office.due(local(office, "2026-06-13 15:00"), 1, "business_days") == local(
        office, "2026-06-16 07:00"
    )
    assert office.due(local(office, "2026-06-12 19:00"), 1, "business_days") == local(
        office, "2026-06-16 07:00"
    )


def test_a_business_day_stays_within_a_shorter_day():
    office = WorkingTime.parse(CHICAGO)
    assert office.due(local(office, "2026-12-23 16:00"), 1, "business_days") == local(
        office, "2026-12-24 12:00"
    )
    late = always("UTC", ("07:00", "19:00"), on_2026_06_10=[["11:00", "12:00"]])
    assert late.due(utc("2026-06-09T08:00Z"), 1, "business_days") == utc("2026-06-10T11:00Z")


def test_a_business_day_may_end_in_the_lunch_break_but_not_start_in_it():
    shop = always(
        "UTC",
        ("08:00", "12:00"),
        ("13:00", "17:00"),
        on_2026_06_09=[["08:00", "17:00"]],
    )
    assert shop.due(utc("2026-06-09T12:30Z"), 1, "business_days") == utc("2026-06-10T12:30Z")
    assert shop.due(utc("2026-06-10T12:30Z"), 1, "business_days") == utc("2026-06-11T13:00Z")


def test_next_business_day_counts_from_the_local_date_open_or_not():
    office = WorkingTime.parse(CHICAGO)
    for start in (
        "2026-06-12 03:00",
        "2026-06-12 10:00",
        "2026-06-12 23:00",
        "2026-06-14 12:00",
    ):
        assert office.due(local(office, start), 1, "end_of_business_day") == local(office, "2026-06-15 19:00")


def test_the_end_of_this_business_day_is_the_next_one_once_it_has_closed():
    office = WorkingTime.parse(CHICAGO)
    assert office.due(local(office, "2026-06-12 18:59"), 0, "end_of_business_day") == local(
        office, "2026-06-12 19:00"
    )
    assert office.due(local(office, "2026-06-12 19:00"), 0, "end_of_business_day") == local(
        office, "2026-06-15 19:00"
    )


def test_an_interval_contains_its_opening_but_not_its_closing():
    office = WorkingTime.parse(CHICAGO)
    assert office.is_open(local(office, "2026-06-12 07:00"))
    assert office.is_open(local(office, "2026-06-12 18:59:59"))
    assert not office.is_open(local(office, "2026-06-12 19:00"))
    assert not office.is_open(local(office, "2026-06-12 06:59:59"))


def test_intervals_that_touch_are_open_without_a_break():
    shop = always("UTC", ("08:00", "12:00"), ("12:00", "16:00"))
    assert shop.is_open(utc("2026-06-09T12:00Z"))
    assert shop.due(utc("2026-06-09T11:00Z"), 1, "business_hours") == utc("2026-06-09T12:00Z")
    assert shop.intervals_on(date(2026, 6, 9)) == ((utc("2026-06-09T08:00Z"), utc("2026-06-09T16:00Z")),)


def test_what_remains_at_a_pause_is_open_time_for_business_units_and_elapsed_for_hours():
    office = WorkingTime.parse(CHICAGO)
    friday, monday = (
        local(office, "2026-06-12 18:00"),
        local(office, "2026-06-15 09:00"),
    )
    assert office.remaining(friday, monday, "hours") == 63 * 3600
    for unit in ("business_hours", "business_days", "end_of_business_day"):
        assert office.remaining(friday, monday, unit) == 3 * 3600
        assert office.remaining(monday, friday, unit) == 0


def test_with_nothing_open_left_a_resumed_promise_is_due_at_the_next_opening():
    office = WorkingTime.parse(CHICAGO)
    evening, monday = (
        local(office, "2026-06-12 20:00"),
        local(office, "2026-06-15 07:00"),
    )
    saturday = local(office, "2026-06-13 12:00")
    assert office.resume(evening, saturday, monday, "business_days") == monday
    next_saturday = local(office, "2026-06-20 12:00")
    assert office.resume(evening, next_saturday, monday, "business_days") == local(office, "2026-06-22 07:00")
    assert office.add_remaining(saturday, 0, "hours") == saturday


def test_a_pause_never_brings_a_due_forward():
    office = WorkingTime.parse(CHICAGO)
    paused, due = local(office, "2026-06-12 20:00"), local(office, "2026-06-16 06:00")
    resumed = local(office, "2026-06-12 21:00")
    assert office.resume(paused, resumed, due, "business_days") == due


def test_a_pause_at_or_after_due_changes_nothing():
    office = WorkingTime.parse(CHICAGO)
    due = local(office, "2026-06-12 12:00")
    for paused in (due, due + timedelta(hours=1)):
        assert office.resume(paused, paused + timedelta(days=3), due, "business_hours") == due
        assert office.resume(paused, paused + timedelta(days=3), due, "hours") == due


def test_a_skipped_local_time_moves_on_by_the_length_of_the_gap():
    night = always("America/Chicago", ("02:30", "05:00"))
    assert night.next_opening(local(night, "2026-03-08 00:00")) == utc("2026-03-08T08:30Z")
    island = always("Australia/Lord_Howe", ("02:15", "05:00"))
    assert island.next_opening(local(island, "2026-10-04 00:00")) == utc("2026-10-03T15:45Z")


def test_a_business_day_due_in_the_skipped_hour_moves_on_by_the_gap():
    night = always("America/Chicago", ("00:00", "24:00"))
    assert night.due(local(night, "2026-03-07 02:30"), 1, "business_days") == utc("2026-03-08T08:30Z")


def test_a_repeated_local_time_is_the_first():
    night = always("America/Chicago", ("01:30", "05:00"))
    assert night.next_opening(local(night, "2026-11-01 00:00")) == utc("2026-11-01T06:30Z")
    ends = always("America/Chicago", ("00:00", "01:30"))
    assert ends.is_open(utc("2026-11-01T06:29Z"))
    assert not ends.is_open(utc("2026-11-01T07:00Z"))


def test_an_interval_that_the_skipped_hour_empties_is_dropped():
    night = always("America/Chicago", ("02:30", "03:15"))
    assert night.intervals_on(date(2026, 3, 8)) == ()
    start = local(night, "2026-03-07 12:00")
    assert night.due(start, 1, "end_of_business_day") == local(night, "2026-03-09 03:15")


def test_intervals_that_the_skipped_hour_makes_overlap_are_counted_once():
    night = always("America/Chicago", ("02:00", "02:45"), ("03:15", "04:00"))
    spring = date(2026, 3, 8)
    assert night.intervals_on(spring) == ((utc("2026-03-08T08:00Z"), utc("2026-03-08T09:00Z")),)
    assert night.open_seconds(local(night, "2026-03-08 00:00"), local(night, "2026-03-08 12:00")) == 3600


def test_an_interval_over_the_skipped_or_the_repeated_hour_has_its_real_length():
    night = always("America/Chicago", ("00:00", "04:00"))
    for day, hours in (("2026-03-08", 3), ("2026-11-01", 5), ("2026-11-02", 4)):
        assert night.open_seconds(local(night, f"{day} 00:00"), local(night, f"{day} 12:00")) == hours * 3600


def test_until_its_last_second_a_business_day_has_not_closed():
    office = WorkingTime.parse(CHICAGO)
    closing = local(office, "2026-06-12 19:00")
    assert office.due(closing - timedelta(seconds=1), 0, "end_of_business_day") == closing
    assert office.due_many([epoch(closing) - 1], 0, "end_of_business_day") == [epoch(closing)]


@pytest.mark.parametrize("years", [(2026, 2026), (2025, 2026), (2026, 2027), (2022, 2026), (2015, 2045)])
def test_the_first_day_to_close_may_be_the_one_whose_closing_was_moved_past_the_next(years):
    hours = {"sat": [["22:00", "23:45"]], "sun": [["00:05", "00:30"]], "mon": [["09:00", "10:00"]]}
    nuuk = WorkingTime.parse({"timezone": "America/Nuuk", "hours": hours}, years=years)
    sunday_has_closed = utc("2026-03-29T01:35Z")
    assert nuuk.due(sunday_has_closed, 0, "end_of_business_day") == utc("2026-03-29T01:45Z")
    assert nuuk.due_many([epoch(sunday_has_closed)], 0, "end_of_business_day") == [
        epoch(utc("2026-03-29T01:45Z"))
    ]


def test_closing_moved_over_midnight_keeps_the_day_and_is_counted_once():
    # In Nuuk the hour from 23:00 to midnight is skipped on the last Saturday of March.
    nuuk = always("America/Nuuk", ("00:00", "04:00"), ("22:00", "23:30"))
    saturday_evening = local(nuuk, "2026-03-28 21:00")
    assert nuuk.due(saturday_evening, 0, "end_of_business_day") == utc("2026-03-29T01:30Z")
    assert nuuk.open_seconds(saturday_evening, local(nuuk, "2026-03-29 12:00")) == 5 * 3600


def test_the_day_that_samoa_skipped_is_no_day_and_its_hours_fall_on_the_next():
    week = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
    samoa = WorkingTime.parse({"timezone": "Pacific/Apia", "hours": week}, years=(2010, 2013))
    thursday = local(samoa, "2011-12-29 10:00")
    saturday_closing = local(samoa, "2011-12-31 17:00")
    assert samoa.intervals_on(date(2011, 12, 30)) == ()
    assert samoa.due(thursday, 1, "end_of_business_day") == saturday_closing
    assert samoa.due(thursday, 2, "business_days") == local(samoa, "2012-01-02 10:00")


def test_ramadan_in_casablanca_moves_the_hours_of_the_wall():
    office = always("Africa/Casablanca", ("09:00", "17:00"))
    assert office.next_opening(utc("2026-02-10T00:00Z")) == utc("2026-02-10T08:00Z")
    assert office.next_opening(utc("2026-03-10T00:00Z")) == utc("2026-03-10T09:00Z")


def test_however_long_a_calendar_is_closed_the_next_opening_counts():
    closed = {(date(2026, 1, 1) + timedelta(days=day)).isoformat(): [] for day in range(3 * 365)}
    office = WorkingTime.parse({**CHICAGO, "exceptions": closed})
    assert office.next_opening(utc("2026-02-01T00:00Z")) == local(office, "2029-01-01 07:00")


def test_a_calendar_of_a_few_dates_is_an_error_once_they_are_over():
    fair = WorkingTime.parse(
        {
            "timezone": "UTC",
            "hours": {},
            "exceptions": {"2026-06-10": [["09:00", "12:00"]]},
        }
    )
    before, after = utc("2026-06-09T00:00Z"), utc("2026-06-10T12:00Z")
    assert fair.due(before, 3, "business_hours") == after
    questions = [
        lambda: fair.due(before, 4, "business_hours"),
        lambda: fair.due(after, 1, "business_days"),
        lambda: fair.due(before, 1, "business_days"),
        lambda: fair.due(after, 0, "end_of_business_day"),
        lambda: fair.due(after, 1, "end_of_business_day"),
        lambda: fair.next_opening(after),
        lambda: fair.add_remaining(after, 0, "business_days"),
        lambda: fair.next_opening_many(seconds("2026-06-10T12:00Z")),
        lambda: fair.due_many(seconds("2026-06-10T12:00Z"), 0, "end_of_business_day"),
        lambda: fair.due_many(seconds("2026-06-10T12:00Z"), 1, "business_hours"),
    ]
    for question in questions:
        with pytest.raises(NeverOpensAgain):
            question()


def test_dates_outside_the_prepared_years_are_refused():
    office = WorkingTime.parse(CHICAGO, years=(2025, 2026))
    first, last = (
        local(office, "2025-01-01 00:00"),
        local(office, "2026-12-31 23:59:59"),
    )
    assert office.due(first, 1, "end_of_business_day") == local(office, "2025-01-02 19:00")
    assert not office.is_open(last)
    early, late = first - timedelta(seconds=1), last + timedelta(seconds=1)
    questions = [
        *(lambda unit=unit: office.due(early, 1, unit) for unit in ("hours", "business_hours")),
        *(lambda unit=unit: office.due(early, 1, unit) for unit in ("business_days", "end_of_business_day")),
        *(lambda unit=unit: office.due(last, 1, unit) for unit in ("hours", "business_hours")),
        *(lambda unit=unit: office.due(last, 1, unit) for unit in ("business_days", "end_of_business_day")),
        lambda: office.due(first, 10**30, "hours"),
        lambda: office.due(first, 10**30, "business_days"),
        lambda: office.due(last, 0, "end_of_business_day"),
        lambda: office.is_open(early),
        lambda: office.is_open(late),
        lambda: office.next_opening(last),
        lambda: office.open_seconds(early, last),
        lambda: office.open_seconds(first, late + timedelta(seconds=1)),
        lambda: office.remaining(first, late + timedelta(days=1), "hours"),
        lambda: office.intervals_on(date(2027, 1, 1)),
        lambda: office.is_open_many([epoch(first), epoch(late)]),
        lambda: office.next_opening_many([epoch(first), epoch(early)]),
        lambda: office.is_open_many([epoch(early)]),
        lambda: office.due_many([epoch(first)], 10**30, "business_hours"),
        lambda: office.due_many([epoch(first)], 10**30, "business_days"),
        lambda: office.due_many([epoch(last)], 1, "hours"),
    ]
    for number, question in enumerate(questions):
        with pytest.raises(OutsidePreparedYears):
            pytest.fail(f"question {number} was answered: {question()}")


def epoch(at):
    return int(at.timestamp())


@pytest.mark.parametrize(
    "amount",
    [0, -1, "six", None, True, float("nan"), float("inf"), Decimal("NaN"), [6], 1j],
)
@pytest.mark.parametrize("unit", ["hours", "business_hours", "business_days"])
def test_an_amount_that_is_no_allowance_is_refused(amount, unit):
    with pytest.raises(AllowanceError):
        WorkingTime.parse(CHICAGO).due(utc("2026-06-12T12:00Z"), amount, unit)


@pytest.mark.parametrize(
    ("amount", "unit"),
    [
        (1.5, "business_days"),
        (0.5, "end_of_business_day"),
        (-1, "end_of_business_day"),
        (1, "days"),
        (1, None),
        (1, []),
    ],
)
def test_half_days_and_unknown_units_are_refused(amount, unit):
    office = WorkingTime.parse(CHICAGO)
    with pytest.raises(AllowanceError):
        office.due(utc("2026-06-12T12:00Z"), amount, unit)


def test_whole_days_may_be_written_with_a_point():
    office = WorkingTime.parse(CHICAGO)
    start = local(office, "2026-06-10 10:00")
    for two in (2, 2.0, Decimal("2.00"), Fraction(2), np.int64(2)):
        assert office.due(start, two, "business_days") == local(office, "2026-06-12 10:00")


def test_an_unknown_unit_is_refused_at_a_pause_too():
    office = WorkingTime.parse(CHICAGO)
    noon = utc("2026-06-12T12:00Z")
    for question in (
        lambda: office.remaining(noon, noon, "days"),
        lambda: office.add_remaining(noon, 5, "days"),
        lambda: office.resume(noon, noon, noon, "days"),
        lambda: office.resume_many([1], [1], [1], "days"),
        lambda: office.add_remaining(noon, -1, "hours"),
        lambda: office.add_remaining_many([epoch(noon)], [-1], "hours"),
    ):
        with pytest.raises(AllowanceError):
            question()


def test_instants_without_a_zone_or_in_the_wrong_order_are_refused():
    office = WorkingTime.parse(CHICAGO)
    noon = utc("2026-06-12T12:00Z")
    earlier = noon - timedelta(seconds=1)
    for question in (
        lambda: office.is_open(noon.replace(tzinfo=None)),
        lambda: office.open_seconds(noon, earlier),
        lambda: office.open_seconds_many([epoch(noon)], [epoch(earlier)]),
        lambda: office.resume(noon, earlier, noon + timedelta(days=1), "hours"),
        lambda: office.resume_many([epoch(noon)], [epoch(earlier)], [epoch(noon) + 9], "hours"),
        lambda: office.is_open_many([1.5]),
    ):
        with pytest.raises(InstantError):
            question()


def test_a_fraction_of_a_second_is_dropped_and_any_zone_is_understood():
    office = WorkingTime.parse(CHICAGO)
    at = utc("2026-06-12T08:00:00.999999-05:00")
    assert office.due(at, 1, "business_hours") == utc("2026-06-12T14:00:00Z")
    assert office.due(at, 1, "business_hours").tzinfo is UTC


def test_arrays_keep_their_shape_and_may_be_empty():
    office = WorkingTime.parse(CHICAGO)
    table = np.full((2, 3), epoch(utc("2026-06-12T15:00Z")))
    assert office.due_many(table, 1, "business_hours").tolist() == (table + 3600).tolist()
    assert (
        office.resume_many(table, table + 60, table[0, 0] + 3600, "hours").tolist() == (table + 3660).tolist()
    )
    for unit in ("hours", "business_hours", "business_days", "end_of_business_day"):
        assert office.due_many([], 1, unit).tolist() == []
        assert office.resume_many([], [], [], unit).tolist() == []
    assert office.next_opening_many([]).tolist() == []


def test_working_time_is_a_value():
    assert WorkingTime.parse(CHICAGO) == WorkingTime.parse(CHICAGO)
    assert (
        len(
            {
                WorkingTime.parse(CHICAGO),
                WorkingTime.parse(CHICAGO),
                WorkingTime.parse(CHICAGO, years=(2020, 2030)),
            }
        )
        == 2
    )
