"""Opening hours that cannot be used are refused in words a person understands."""

import pytest

from keepwell.calendars.working_time import CalendarError, WorkingTime

GOOD = {
    "timezone": "Europe/Berlin",
    "hours": {"mon": [["08:00", "12:00"], ["13:00", "17:00"]]},
    "exceptions": {},
}


def with_monday(*intervals):
    return {**GOOD, "hours": {"mon": list(intervals)}}


def with_exception(on, hours):
    return {**GOOD, "exceptions": {on: hours}}


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        (None, "must have a timezone and hours"),
        ([], "must have a timezone and hours"),
        ({}, "needs a time zone"),
        (
            {**GOOD, "holidays": {}},
            "no 'holidays'; it knows timezone, hours, exceptions",
        ),
        ({**GOOD, "timezone": "Europe/Atlantis"}, "no time zone 'Europe/Atlantis'"),
        ({**GOOD, "timezone": "../etc/passwd"}, "no time zone"),
        ({**GOOD, "timezone": "Europe"}, "no time zone 'Europe'"),
        ({**GOOD, "timezone": ""}, "needs a time zone"),
        ({**GOOD, "timezone": 1}, "needs a time zone"),
        ({**GOOD, "timezone": "localtime"}, "needs a time zone by name"),
        ({"timezone": "UTC"}, "hours must be given by weekday"),
        ({**GOOD, "hours": [["08:00", "12:00"]]}, "hours must be given by weekday"),
        (
            {**GOOD, "hours": {"monday": []}},
            "no weekday 'monday'; the week has mon, tue",
        ),
        ({**GOOD, "exceptions": []}, "Exceptions must be given by date"),
        ({**GOOD, "hours": {}}, "never opens"),
        (
            {**GOOD, "hours": {"mon": []}, "exceptions": {"2026-01-01": []}},
            "never opens",
        ),
        ({**GOOD, "hours": {"mon": "08:00"}}, "hours of mon must be a list"),
        ({**GOOD, "hours": {"mon": None}}, "hours of mon must be a list"),
        (with_monday("08:00"), "one opening and one closing"),
        (with_monday(["08:00"]), "one opening and one closing"),
        (with_monday(["08:00", "12:00", "13:00"]), "one opening and one closing"),
        (
            with_monday(["12:00", "08:00"]),
            "closes at 08:00, not after it opens at 12:00",
        ),
        (with_monday(["08:00", "08:00"]), "not after it opens"),
        (with_monday(["22:00", "00:00"]), "not after it opens"),
        (with_monday(["08:00", "12:00"], ["11:59", "17:00"]), "overlap at 11:59"),
        (with_monday(["13:00", "17:00"], ["08:00", "13:30"]), "overlap at 13:00"),
        (with_monday(["8:00", "12:00"]), "'8:00' on mon is not a time"),
        (with_monday(["08:00", "24:01"]), "'24:01' on mon is not a time"),
        (with_monday(["08:00", "12:60"]), "'12:60' on mon is not a time"),
        (with_monday(["08:00", 12]), "12 on mon is not a time"),
        (with_monday(["08:00\n", "12:00"]), "is not a time"),
        (with_monday(["٠٨:00", "12:00"]), "is not a time"),
        (with_exception("2026-02-30", []), "'2026-02-30' is not a date"),
        (with_exception("20260203", []), "'20260203' is not a date"),
        (with_exception("tomorrow", []), "'tomorrow' is not a date"),
        (with_exception(20260203, []), "20260203 is not a date"),
        (
            with_exception("2026-02-03", [["12:00", "08:00"]]),
            "On 2026-02-03 an interval closes",
        ),
        (with_exception("2026-02-03", None), "hours of 2026-02-03 must be a list"),
    ],
)
def test_hours_that_cannot_be_used_are_refused_in_words(mapping, words):
    with pytest.raises(CalendarError) as refused:
        WorkingTime.parse(mapping)
    assert words in str(refused.value)
    assert refused.value.template % refused.value.facts == str(refused.value)


@pytest.mark.parametrize("years", [(2026, 2025), (1900, 2026), (2026, 9999), (2026.5, 2027)])
def test_years_that_cannot_be_prepared_are_refused(years):
    with pytest.raises(CalendarError, match="Years must run"):
        WorkingTime.parse(GOOD, years=years)


def test_intervals_may_come_in_any_order_and_as_tuples():
    swapped = with_monday(("13:00", "17:00"), ("08:00", "12:00"))
    assert WorkingTime.parse(swapped) == WorkingTime.parse(GOOD)


def test_exceptions_may_be_left_out_or_be_the_only_openings():
    assert WorkingTime.parse({"timezone": "UTC", "hours": {"sun": [["00:00", "24:00"]]}})
    assert WorkingTime.parse(
        {
            "timezone": "UTC",
            "hours": {},
            "exceptions": {"2026-01-01": [["09:00", "10:00"]]},
        }
    )
