from datetime import date

import pytest

from keepwell.calendars.proposals import ClosedDay, ProposalError, days_of_calendar_file, public_holidays

FILE = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:test
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:20260704
RRULE:FREQ=YEARLY
SUMMARY:Fourth of July
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;VALUE=DATE:20261224
DTEND;VALUE=DATE:20261227
SUMMARY:Winter closing
END:VEVENT
BEGIN:VEVENT
UID:3
DTSTART:20260810T150000Z
DTEND:20260810T160000Z
SUMMARY:A meeting
END:VEVENT
END:VCALENDAR
""".replace(b"\n", b"\r\n")


def test_public_holidays_are_proposed_as_observed():
    days = public_holidays("US", None, [2026])
    assert date(2026, 7, 3) in {day.on for day in days}
    assert date(2026, 11, 26) in {day.on for day in days}


def test_a_subdivision_adds_its_own_holidays():
    whole = {day.on for day in public_holidays("US", None, [2026])}
    texas = {day.on for day in public_holidays("US", "TX", [2026])}
    assert date(2026, 3, 2) in texas - whole


@pytest.mark.parametrize(("country", "subdivision"), [("ZZ", None), ("US", "Nowhere")])
def test_an_unknown_place_is_refused_in_words(country, subdivision):
    with pytest.raises(ProposalError):
        public_holidays(country, subdivision, [2026])


def test_all_day_events_of_a_file_are_closed_days_and_repeat():
    days = days_of_calendar_file(FILE, [2026, 2027])
    assert days == [
        ClosedDay(on=date(2026, 7, 4), name="Fourth of July"),
        ClosedDay(on=date(2026, 12, 24), name="Winter closing"),
        ClosedDay(on=date(2026, 12, 25), name="Winter closing"),
        ClosedDay(on=date(2026, 12, 26), name="Winter closing"),
        ClosedDay(on=date(2027, 7, 4), name="Fourth of July"),
    ]


def test_a_meeting_is_no_closing():
    assert date(2026, 8, 10) not in {day.on for day in days_of_calendar_file(FILE, [2026])}


@pytest.mark.parametrize(
    "content", [b"", b"name,date\r\nNew Year,2026-01-01", b"\xff\xfe\x00", b"BEGIN:VEVENT"]
)
def test_a_file_that_is_no_calendar_is_refused_in_words(content):
    with pytest.raises(ProposalError, match="no calendar file"):
        days_of_calendar_file(content, [2026])


def all_day(*lines: str) -> bytes:
    event = ["BEGIN:VEVENT", "UID:1", "SUMMARY:Odd", *lines, "END:VEVENT"]
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", *event, "END:VCALENDAR", ""]
    ).encode()


@pytest.mark.parametrize("often", ["SECONDLY", "MINUTELY", "HOURLY"])
def test_an_event_that_repeats_within_a_day_keeps_nobody_busy(often):
    with pytest.raises(ProposalError, match="within a day"):
        days_of_calendar_file(all_day("DTSTART;VALUE=DATE:00010101", f"RRULE:FREQ={often}"), [2026])


def test_an_event_of_many_years_closes_the_days_asked_for():
    long = all_day("DTSTART;VALUE=DATE:20260101", "DTEND;VALUE=DATE:21000101")
    assert len(days_of_calendar_file(long, [2026])) == 365
    with pytest.raises(ProposalError, match="no calendar file"):
        days_of_calendar_file(all_day("DTSTART;VALUE=DATE:20260101", "DTEND;VALUE=DATE:99991231"), [2026])


def test_a_meeting_that_repeats_every_second_is_left_out_without_being_counted():
    busy = all_day("DTSTART:20200101T000000Z", "DTEND:20200101T000001Z", "RRULE:FREQ=SECONDLY")
    assert days_of_calendar_file(busy, [2026]) == []
