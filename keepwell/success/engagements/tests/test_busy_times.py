"""When a calendar that is kept elsewhere says that somebody is busy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from keepwell.success.engagements.busy_times import CalendarUnreadable, busy_times

CHICAGO = ZoneInfo("America/Chicago")
WINDOW = (datetime(2026, 3, 5, tzinfo=UTC), datetime(2026, 3, 12, tzinfo=UTC))


def calendar(*events: str) -> bytes:
    inner = "".join(
        f"BEGIN:VEVENT\r\nUID:{number}\r\nDTSTAMP:20260101T000000Z\r\n{event}\r\nEND:VEVENT\r\n"
        for number, event in enumerate(events)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n{inner}END:VCALENDAR\r\n".encode()


def busy(*events: str) -> list[str]:
    found = busy_times(calendar(*events), CHICAGO, WINDOW)
    return [f"{begins:%d %H:%M} - {ends:%d %H:%M}" for begins, ends in found]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("DTSTART:20260306T150000Z\r\nDTEND:20260306T160000Z", ["06 15:00 - 06 16:00"]),
        ("DTSTART:20260306T150000Z\r\nDURATION:PT90M", ["06 15:00 - 06 16:30"]),
        (
            "DTSTART;TZID=America/Chicago:20260306T090000\r\nDTEND;TZID=America/Chicago:20260306T100000",
            ["06 15:00 - 06 16:00"],
        ),
        # Without a zone it is meant on the owner's wall; a whole day is one of his.
        ("DTSTART:20260306T090000\r\nDTEND:20260306T100000", ["06 15:00 - 06 16:00"]),
        ("DTSTART;VALUE=DATE:20260306\r\nDTEND;VALUE=DATE:20260307", ["06 06:00 - 07 06:00"]),
        ("DTSTART;VALUE=DATE:20260306", ["06 06:00 - 07 06:00"]),
        ("DTSTART:20260306T150000Z\r\nDTEND:20260306T160000Z\r\nTRANSP:TRANSPARENT", []),
        ("DTSTART:20260306T150000Z\r\nDTEND:20260306T160000Z\r\nSTATUS:CANCELLED", []),
        ("DTSTART:20250306T150000Z\r\nDTEND:20250306T160000Z", []),
        ("DTSTART:20260304T220000Z\r\nDTEND:20260305T010000Z", ["05 00:00 - 05 01:00"]),
    ],
)
def test_an_event_makes_busy_or_not(event, expected):
    assert busy(event) == expected


def test_a_weekly_meeting_keeps_its_hour_when_the_clocks_change():
    weekly = (
        "DTSTART;TZID=America/Chicago:20260302T090000\r\nDTEND;TZID=America/Chicago:20260302T100000\r\n"
        "RRULE:FREQ=DAILY;BYDAY=FR,MO"
    )
    assert busy(weekly) == ["06 15:00 - 06 16:00", "09 14:00 - 09 15:00"]


def test_what_overlaps_is_one_span():
    assert busy(
        "DTSTART:20260306T150000Z\r\nDTEND:20260306T160000Z",
        "DTSTART:20260306T153000Z\r\nDTEND:20260306T170000Z",
    ) == ["06 15:00 - 06 17:00"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>Sign in</html>",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
        calendar("DTSTART:20260306T150000Z\r\nRRULE:FREQ=SECONDLY"),
        b"BEGIN:VCALENDAR\r\n" + b"X" * 6_000_000,
    ],
)
def test_what_is_no_calendar_is_told_so(content):
    with pytest.raises(CalendarUnreadable):
        busy_times(content, CHICAGO, WINDOW)


def test_no_word_of_the_calendar_is_given_on():
    found = busy_times(
        calendar("DTSTART:20260306T150000Z\r\nDTEND:20260306T160000Z\r\nSUMMARY:Surgery"), CHICAGO, WINDOW
    )
    assert found == [(datetime(2026, 3, 6, 15, tzinfo=UTC), datetime(2026, 3, 6, 16, tzinfo=UTC))]
    assert timedelta(hours=1) == found[0][1] - found[0][0]
