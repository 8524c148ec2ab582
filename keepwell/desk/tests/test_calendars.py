from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from keepwell.calendars.models import WorkingCalendar
from keepwell.calendars.verbs.publishing import create_calendar
from keepwell.desk.tests.people import BY_TEST, person, signed_in
from keepwell.people.models import Role

pytestmark = pytest.mark.django_db

WEEK = ("mon", "tue", "wed", "thu", "fri")
HOURS = {
    "timezone": "America/Chicago",
    "hours": {day: [["07:00", "19:00"]] for day in WEEK},
    "exceptions": {"2020-01-01": [], "2026-12-25": []},
    "names": {"2026-12-25": "Christmas Day"},
}
CALENDAR_FILE = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//test//EN
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:20261224
SUMMARY:Town picnic
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture(autouse=True)
def _in_november(clock_at):
    clock_at("2026-11-23T12:00:00Z")


@pytest.fixture
def support_hours() -> WorkingCalendar:
    return create_calendar("Support hours", HOURS, by=BY_TEST, is_default=True)


@pytest.fixture
def ada(db):
    return signed_in(person(Role.ADMINISTRATOR))


def filled(*rows: dict[str, str], act: str = "publish", **more: str) -> dict[str, str]:
    """What the editor posts: the usual week, and these dates."""
    rows = rows or ({"on": "2026-12-25", "name": "Christmas Day"},)
    days = {f"days-{number}-{name}": said for number, row in enumerate(rows) for name, said in row.items()}
    count = {"days-TOTAL_FORMS": str(len(rows)), "days-INITIAL_FORMS": "0"}
    week = {f"hours_{day}": "07:00-19:00" for day in WEEK}
    return {"timezone": "America/Chicago", **week, **count, **days, "act": act, **more}


def editor(calendar: WorkingCalendar) -> str:
    return f"/desk/settings/calendars/{calendar.pk}/versions/new/"


def test_a_specialist_may_not_set_calendars(support_hours):
    client = signed_in(person(Role.SPECIALIST))
    assert client.get("/desk/settings/calendars/").status_code == 403
    assert client.post(editor(support_hours), filled()).status_code == 403
    assert support_hours.versions.count() == 1


def test_the_page_shows_the_coming_year_and_the_names_of_its_days(ada, support_hours):
    page = ada.get(f"/desk/settings/calendars/{support_hours.pk}/").content.decode()
    assert "Christmas Day" in page
    assert "December 2026" in page
    assert 'class="day day-off"' in page


def test_publishing_makes_the_next_version_and_keeps_dates_that_are_over(ada, support_hours):
    half = {"on": "2026-11-27", "hours": "7-12", "name": "After Thanksgiving"}
    assert ada.post(editor(support_hours), filled(half)).status_code == 302
    version = support_hours.versions.latest("number")
    assert version.number == 2
    assert version.mapping["exceptions"] == {"2020-01-01": [], "2026-11-27": [["07:00", "12:00"]]}
    assert version.names == {"2026-11-27": "After Thanksgiving"}


def test_several_openings_a_day_are_understood(ada, support_hours):
    ada.post(editor(support_hours), filled(hours_mon="8-12, 13:00 - 17:30; 19 to 20"))
    version = support_hours.versions.latest("number")
    assert version.mapping["hours"]["mon"] == [["08:00", "12:00"], ["13:00", "17:30"], ["19:00", "20:00"]]


def test_hours_that_are_none_are_said_beside_the_day(ada, support_hours):
    response = ada.post(editor(support_hours), filled(hours_mon="all morning"))
    assert response.status_code == 422
    assert "are no hours" in response.content.decode()
    assert support_hours.versions.count() == 1


def test_openings_that_overlap_are_refused_in_words(ada, support_hours):
    response = ada.post(editor(support_hours), filled(hours_mon="07:00-12:00, 11:00-13:00"))
    assert response.status_code == 422
    assert "overlap" in response.content.decode()


def test_a_calendar_that_never_opens_is_refused_in_words(ada, support_hours):
    closed = {f"hours_{day}": "" for day in WEEK}
    response = ada.post(editor(support_hours), filled(**closed))
    assert response.status_code == 422
    assert "never opens" in response.content.decode()
    assert support_hours.versions.count() == 1


def test_a_date_that_stands_twice_is_refused(ada, support_hours):
    response = ada.post(editor(support_hours), filled({"on": "2026-12-24"}, {"on": "2026-12-24"}))
    assert response.status_code == 422
    assert "stands twice" in response.content.decode()


def test_a_version_from_the_past_is_refused(ada, support_hours):
    response = ada.post(editor(support_hours), filled(effective_at="2020-01-01T08:00"))
    assert response.status_code == 422
    assert "cannot hold from before" in response.content.decode()


def test_the_public_holidays_of_a_place_are_added_to_the_rows(ada, support_hours):
    place = {"propose-country": "US", "propose-subdivision": "TX"}
    response = ada.post(editor(support_hours), filled(act="propose", **place))
    assert response.status_code == 200
    page = response.content.decode()
    assert "Texas Independence Day" in page
    assert "Thanksgiving" in page
    assert support_hours.versions.count() == 1


def test_the_days_of_a_calendar_file_are_added_to_the_rows(ada, support_hours):
    file = SimpleUploadedFile("days.ics", CALENDAR_FILE, "text/calendar")
    page = ada.post(editor(support_hours), {**filled(act="propose"), "propose-file": file}).content.decode()
    assert "Town picnic" in page


def test_a_file_that_is_no_calendar_is_said(ada, support_hours):
    file = SimpleUploadedFile("days.ics", b"\x00\x01 no calendar", "text/calendar")
    response = ada.post(editor(support_hours), {**filled(act="propose"), "propose-file": file})
    assert response.status_code in {200, 422}
    assert support_hours.versions.count() == 1
    assert "alert" in response.content.decode()


def test_nothing_chosen_proposes_nothing_and_says_so(ada, support_hours):
    response = ada.post(editor(support_hours), filled(act="propose"))
    assert "Choose a country" in response.content.decode()


def test_the_preview_names_the_days_that_change_and_publishes_nothing(ada, support_hours):
    rows = ({"on": "2026-12-24", "name": "Christmas Eve"}, {"on": "2026-12-25"})
    page = ada.post(editor(support_hours), filled(*rows, act="preview")).content.decode()
    assert "<b>1 day</b>" in page
    assert "Christmas Eve" in page
    assert "day-changed" in page
    assert support_hours.versions.count() == 1


def test_the_first_calendar_is_that_of_the_support_hours(ada):
    week = {f"hours_{day}": "08:00-17:00" for day in WEEK}
    response = ada.post("/desk/settings/calendars/new/", {"name": "Hours", "timezone": "US/Central", **week})
    assert response.status_code == 302
    assert WorkingCalendar.objects.get().is_default


def test_a_name_that_is_taken_is_said_beside_the_field(ada, support_hours):
    response = ada.post("/desk/settings/calendars/new/", {"name": "SUPPORT hours", "timezone": "UTC"})
    assert response.status_code == 422
    assert "of this name already" in response.content.decode()
