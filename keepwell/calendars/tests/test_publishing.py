from datetime import UTC, datetime

import pytest

from keepwell.calendars.compiled import working_time_of
from keepwell.calendars.models import CalendarVersion, WorkingCalendar
from keepwell.calendars.queries import default_calendar, version_in_force
from keepwell.calendars.verbs.publishing import (
    CalendarError,
    VersionTooEarly,
    create_calendar,
    make_default,
    publish_version,
)
from keepwell.calendars.working_time import NeverOpensAgain
from keepwell.journal.models import Entry
from keepwell.people.actors import System

pytestmark = pytest.mark.django_db

INIT = System("init")
JUNE = datetime(2026, 6, 1, tzinfo=UTC)
JULY = datetime(2026, 7, 1, tzinfo=UTC)
WEEKDAYS = {
    "timezone": "America/Chicago",
    "hours": {day: [["07:00", "19:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
    "exceptions": {},
}


@pytest.fixture
def support_hours():
    return create_calendar("Support hours", WEEKDAYS, by=INIT, at=JUNE, is_default=True)


def test_a_new_calendar_holds_from_its_making(support_hours):
    version = version_in_force(support_hours, JULY)
    assert (version.number, version.effective_at) == (1, JUNE)
    assert default_calendar() == support_hours


def test_an_edit_is_a_new_version_and_the_old_one_stays(support_hours):
    shorter = {**WEEKDAYS, "hours": {"mon": [["09:00", "10:00"]]}}
    publish_version(support_hours, shorter, by=INIT, at=JULY, reason="Summer")
    assert version_in_force(support_hours, datetime(2026, 6, 15, tzinfo=UTC)).mapping == WEEKDAYS
    assert version_in_force(support_hours, JULY).mapping == shorter
    assert working_time_of(version_in_force(support_hours, JULY)).hours.week[1] == ()


def test_before_the_first_version_the_first_one_holds(support_hours):
    assert version_in_force(support_hours, datetime(2020, 1, 1, tzinfo=UTC)).number == 1


def test_each_version_is_recorded_once(support_hours):
    publish_version(support_hours, WEEKDAYS, by=INIT, at=JULY)
    entries = Entry.objects.about("calendar", support_hours.pk)
    assert [entry.kind for entry in entries] == [
        "calendar.created",
        "calendar.published",
        "calendar.published",
    ]


@pytest.mark.parametrize(
    "mapping",
    [
        {**WEEKDAYS, "timezone": "America/Nowhere"},
        {**WEEKDAYS, "hours": {"mon": [["19:00", "07:00"]]}},
        {**WEEKDAYS, "hours": {"mon": [["07:00", "12:00"], ["11:00", "13:00"]]}},
        {**WEEKDAYS, "exceptions": {"2026-02-30": []}},
        {**WEEKDAYS, "hours": {}},
    ],
)
def test_hours_that_cannot_be_used_are_refused_and_nothing_is_kept(mapping):
    with pytest.raises(CalendarError):
        create_calendar("Broken", mapping, by=INIT, at=JUNE)
    assert not WorkingCalendar.objects.exists() or not CalendarVersion.objects.exists()


def test_a_calendar_that_opened_only_in_the_past_is_refused():
    once = {"timezone": "UTC", "hours": {}, "exceptions": {"2026-05-01": [["08:00", "09:00"]]}}
    with pytest.raises(NeverOpensAgain):
        create_calendar("Once", once, by=INIT, at=JUNE)


def test_a_version_cannot_hold_from_before_the_newest(support_hours):
    publish_version(support_hours, WEEKDAYS, by=INIT, at=JULY)
    with pytest.raises(VersionTooEarly):
        publish_version(support_hours, WEEKDAYS, by=INIT, at=JULY, effective_at=JUNE)


def test_a_version_cannot_hold_from_before_its_making(support_hours):
    with pytest.raises(VersionTooEarly):
        publish_version(
            support_hours, WEEKDAYS, by=INIT, at=JULY, effective_at=datetime(2026, 6, 20, tzinfo=UTC)
        )


def test_another_calendar_can_become_the_default(support_hours):
    other = create_calendar("Night desk", WEEKDAYS, by=INIT, at=JUNE)
    make_default(other, by=INIT, at=JULY)
    assert default_calendar() == other
    support_hours.refresh_from_db()
    assert not support_hours.is_default
