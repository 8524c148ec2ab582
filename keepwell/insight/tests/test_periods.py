"""When a report is due, as tables: in Chicago, in June 2026, unless it says otherwise. 1 June is a Monday."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwell.insight.periods import MONTHLY, WEEKLY, due_at, next_due_at, periods_due

CHICAGO = ZoneInfo("America/Chicago")


def local(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=CHICAGO)


def due(rhythm: str, began: str, told: str, at: str) -> list[str]:
    found = periods_due(
        rhythm,
        began_at=local(began),
        told_on=date.fromisoformat(told) if told else None,
        at=local(at),
        zone=CHICAGO,
    )
    return [f"{one.due_on} {one.on:%Y-%m}" for one in found]


@pytest.mark.parametrize(
    ("began", "told", "at", "expected"),
    [
        ("2026-06-03T12:00", "", "2026-06-08T06:59", []),
        ("2026-06-03T12:00", "", "2026-06-08T07:00", ["2026-06-08 2026-06"]),
        ("2026-06-03T12:00", "", "2026-06-10T12:00", ["2026-06-08 2026-06"]),
        ("2026-06-03T12:00", "2026-06-08", "2026-06-14T23:59", []),
        # Whoever subscribes on a Monday after seven waits for the next.
        ("2026-06-08T07:00", "", "2026-06-08T07:10", []),
        ("2026-06-08T06:59", "", "2026-06-08T07:10", ["2026-06-08 2026-06"]),
        # Three Mondays were missed: they would say the same.
        ("2026-06-03T12:00", "", "2026-06-24T12:00", ["2026-06-22 2026-06"]),
        # A month ended meanwhile: it is told, and then the present one.
        ("2026-06-03T12:00", "2026-06-15", "2026-07-08T12:00", ["2026-06-29 2026-06", "2026-07-06 2026-07"]),
    ],
)
def test_a_week_is_due_on_its_monday_at_seven(began: str, told: str, at: str, expected: list[str]):
    assert due(WEEKLY, began, told, at) == expected


@pytest.mark.parametrize(
    ("began", "told", "at", "expected"),
    [
        ("2026-06-03T12:00", "", "2026-06-30T23:59", []),
        ("2026-06-03T12:00", "", "2026-07-01T06:59", []),
        ("2026-06-03T12:00", "", "2026-07-01T07:00", ["2026-07-01 2026-06"]),
        ("2026-06-03T12:00", "2026-07-01", "2026-07-31T12:00", []),
        # Every month that ended while nobody could tell it is told.
        ("2026-06-03T12:00", "2026-07-01", "2026-09-02T12:00", ["2026-08-01 2026-07", "2026-09-01 2026-08"]),
        ("2025-12-03T12:00", "", "2026-01-02T12:00", ["2026-01-01 2025-12"]),
    ],
)
def test_a_month_is_due_on_the_first_after_it(began: str, told: str, at: str, expected: list[str]):
    assert due(MONTHLY, began, told, at) == expected


@pytest.mark.parametrize(
    ("rhythm", "at", "expected"),
    [
        (WEEKLY, "2026-06-08T06:59", "2026-06-08T07:00"),
        (WEEKLY, "2026-06-08T07:00", "2026-06-15T07:00"),
        (MONTHLY, "2026-12-01T07:00", "2027-01-01T07:00"),
        (MONTHLY, "2026-02-28T12:00", "2026-03-01T07:00"),
    ],
)
def test_the_next_one_is_told(rhythm: str, at: str, expected: str):
    assert next_due_at(rhythm, local(at), CHICAGO) == local(expected)


def test_seven_is_seven_whatever_the_season():
    assert due_at(date(2026, 3, 2), CHICAGO).astimezone(UTC).hour == 13
    assert due_at(date(2026, 3, 9), CHICAGO).astimezone(UTC).hour == 12


INSTANTS = st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2027, 12, 31))


@given(st.sampled_from([WEEKLY, MONTHLY]), INSTANTS, st.lists(INSTANTS, max_size=12))
def test_however_often_it_is_asked_each_is_told_once_and_in_order(
    rhythm: str, began: datetime, asked: list[datetime]
):
    """An outage of any length lies between two of the askings; what was told last is remembered."""
    told: list[date] = []
    for at in sorted(asked):
        found = periods_due(
            rhythm,
            began_at=began.replace(tzinfo=UTC),
            told_on=told[-1] if told else None,
            at=at.replace(tzinfo=UTC),
            zone=CHICAGO,
        )
        told += [one.due_on for one in found]
        if found:
            assert next_due_at(rhythm, due_at(told[-1], CHICAGO), CHICAGO) > at.replace(tzinfo=UTC)
    assert told == sorted(set(told))
