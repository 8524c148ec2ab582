from datetime import UTC, date, datetime, timedelta

from keepwell.calendars.effects import changed_days, moved_dues, year_ahead
from keepwell.calendars.working_time import WorkingTime

WEEK = {day: [["07:00", "19:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}


def hours(exceptions):
    return WorkingTime.parse({"timezone": "America/Chicago", "hours": WEEK, "exceptions": exceptions})


def test_the_year_ahead_shows_each_day_with_its_open_time():
    days = year_ahead(hours({"2026-11-27": [["07:00", "12:00"]]}), date(2026, 11, 23), 7)
    assert [day.open_for for day in days] == [
        *[timedelta(hours=12)] * 4,
        timedelta(hours=5),
        timedelta(0),
        timedelta(0),
    ]
    assert [day.is_exception for day in days] == [False] * 4 + [True] + [False] * 2


def test_only_days_that_differ_are_told():
    pairs = changed_days(hours({}), hours({"2026-12-25": []}), date(2026, 12, 1), 31)
    assert [old.on for old, _new in pairs] == [date(2026, 12, 25)]


def test_a_new_holiday_moves_the_dues_that_cross_it():
    starts = [datetime(2026, 12, 23, 15, tzinfo=UTC), datetime(2026, 12, 24, 15, tzinfo=UTC)]
    moved = moved_dues(hours({}), hours({"2026-12-25": []}), starts, amount=1, unit="business_days")
    assert [(one.before, one.after) for one in moved] == [
        (datetime(2026, 12, 25, 15, tzinfo=UTC), datetime(2026, 12, 28, 15, tzinfo=UTC))
    ]
