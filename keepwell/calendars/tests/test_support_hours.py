from __future__ import annotations

from datetime import UTC, datetime

import pytest

from keepwell.calendars.support_hours import changes_after, support_hours
from keepwell.calendars.verbs.publishing import create_calendar
from keepwell.calendars.working_time import WorkingTime
from keepwell.people.actors import System

WEEK = {day: [["07:00", "19:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
OFFICE = {"timezone": "America/Chicago", "hours": WEEK, "exceptions": {"2026-11-26": []}}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-11-23T14:00", "Open until 19:00 CST"),
        ("2026-11-23T12:00", "Closed, open again 07:00 CST"),
        ("2026-11-26T01:00", "Closed, open again Fri 07:00 CST"),
        ("2026-06-10T00:00", "Closed, open again tomorrow 07:00 CDT"),
    ],
)
def test_it_is_said_until_when_and_in_which_zone(now, words):
    create_calendar("Hours", OFFICE, by=System("test"), is_default=True, effective_at=at("2026-01-01T00:00"))
    assert support_hours(at(now)).words == words


@pytest.mark.django_db
def test_before_there_is_a_calendar_nothing_is_said():
    assert support_hours(at("2026-11-23T14:00")) is None


def test_openings_that_touch_at_midnight_are_one():
    night = WorkingTime.parse(
        {"timezone": "UTC", "hours": {"mon": [["20:00", "24:00"]], "tue": [["00:00", "04:00"]]}}
    )
    assert changes_after(night, at("2026-11-23T21:00")) == at("2026-11-24T04:00")


def test_the_gap_at_noon_ends_an_opening():
    split = WorkingTime.parse({"timezone": "UTC", "hours": {"mon": [["08:00", "12:00"], ["13:00", "17:00"]]}})
    assert changes_after(split, at("2026-11-23T09:00")) == at("2026-11-23T12:00")


def test_what_never_closes_is_looked_at_again_within_eight_days():
    always = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    hours = WorkingTime.parse({"timezone": "UTC", "hours": always})
    assert changes_after(hours, at("2026-11-23T09:00")) == at("2026-12-01T00:00")
