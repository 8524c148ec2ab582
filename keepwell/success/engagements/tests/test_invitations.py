"""Calendar files, read back by the library that calendars are read with."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from keepwell.success.engagements.invitations import (
    ANSWERS,
    CANCEL,
    Dated,
    Invited,
    Meeting,
    invitation,
    personal_calendar,
)

AT = datetime(2026, 6, 9, 14, tzinfo=UTC)
SAM = Invited(address="support@vendor.example", name="Sam Whitaker")
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=80)


def meeting(**given) -> Meeting:
    return Meeting(
        **{
            "uid": "7@vendor.example",
            "sequence": 0,
            "starts_at": datetime(2026, 6, 16, 15, tzinfo=UTC),
            "ends_at": datetime(2026, 6, 16, 16, tzinfo=UTC),
            "title": "Training",
            "organizer": SAM,
            "invited": (Invited(address="dana@elmfalls.example", name="Dana Hughes"),),
            "written_at": AT,
            **given,
        }
    )


def read(text: str) -> tuple[Any, Any]:
    calendar = Calendar.from_ical(text)
    return calendar, calendar.walk("VEVENT")[0]


def test_an_invitation_is_read_back_as_it_was_meant():
    calendar, event = read(invitation(meeting(place="Room 4", about="Signals,\nthen maps; more")))
    assert (calendar["METHOD"], event["STATUS"]) == ("REQUEST", "CONFIRMED")
    assert (event["UID"], event["SEQUENCE"], event["SUMMARY"]) == ("7@vendor.example", 0, "Training")
    assert (event.start, event.end) == (meeting().starts_at, meeting().ends_at)
    assert (event["LOCATION"], event["DESCRIPTION"]) == ("Room 4", "Signals,\nthen maps; more")
    assert str(event["ORGANIZER"]) == "mailto:support@vendor.example"
    assert str(event["ATTENDEE"]) == "mailto:dana@elmfalls.example"
    assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert event["ATTENDEE"].params["RSVP"] == "TRUE"


def test_a_cancellation_names_the_same_meeting_with_a_greater_sequence():
    calendar, event = read(invitation(meeting(sequence=3), CANCEL))
    assert (calendar["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert (event["UID"], event["SEQUENCE"]) == ("7@vendor.example", 3)


@given(WORDS, WORDS, st.sampled_from(sorted(ANSWERS)))
def test_any_title_and_name_come_back_and_begin_no_line_of_their_own(title, name, answer):
    invited = (Invited(address="dana@elmfalls.example", name=name, answer=answer),)
    text = invitation(meeting(title=title, invited=invited))
    _calendar, event = read(text)
    assert str(event["SUMMARY"]) == title
    assert event["ATTENDEE"].params["PARTSTAT"] == ANSWERS[answer]
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_a_name_with_a_line_end_adds_no_attendee():
    invited = (Invited(address="dana@elmfalls.example", name="Dana\r\nATTENDEE:mailto:eve@x.example"),)
    _calendar, event = read(invitation(meeting(invited=invited)))
    assert str(event["ATTENDEE"]) == "mailto:dana@elmfalls.example"


def test_a_personal_calendar_holds_days_and_times_by_their_titles():
    things = [
        Dated(uid="a", title="Send the list", starts=date(2026, 6, 20)),
        Dated(uid="b", title="Training", starts=meeting().starts_at, ends=meeting().ends_at, sequence=2),
    ]
    calendar = Calendar.from_ical(personal_calendar("Mine", things, written_at=AT))
    day, timed = calendar.walk("VEVENT")
    assert (calendar["METHOD"], calendar["X-WR-CALNAME"]) == ("PUBLISH", "Mine")
    assert (day.start, day["SUMMARY"], day["TRANSP"]) == (date(2026, 6, 20), "Send the list", "TRANSPARENT")
    assert (timed.start, timed.end, timed["SEQUENCE"]) == (meeting().starts_at, meeting().ends_at, 2)
    assert not any(
        name in event for event in (day, timed) for name in ("DESCRIPTION", "ATTENDEE", "LOCATION")
    )
