"""Months, quarters, years and rolling days as local dates, and how much of them is gone."""

from datetime import UTC, date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from keepwell.service_levels.windows import Window, earlier, later, window_at

CENTRAL = ZoneInfo("America/Chicago")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CENTRAL)


@pytest.mark.parametrize(
    ("kind", "days", "first", "last"),
    [
        ("month", 0, date(2026, 11, 1), date(2026, 11, 30)),
        ("quarter", 0, date(2026, 10, 1), date(2026, 12, 31)),
        ("year", 0, date(2026, 1, 1), date(2026, 12, 31)),
        ("rolling", 7, date(2026, 11, 22), date(2026, 11, 28)),
        ("rolling", 1, date(2026, 11, 28), date(2026, 11, 28)),
    ],
)
def test_the_window_an_instant_lies_in(kind, days, first, last):
    found = window_at(kind, local("2026-11-28T10:00"), CENTRAL, days=days)
    assert (found.first, found.last) == (first, last)


def test_it_is_the_local_date_that_counts():
    """The last evening of November in Chicago is December in UTC."""
    evening = datetime(2026, 12, 1, 3, tzinfo=UTC)
    assert window_at("month", evening, CENTRAL).first == date(2026, 11, 1)


def test_it_includes_its_first_midnight_and_excludes_its_last():
    november = window_at("month", local("2026-11-28T10:00"), CENTRAL)
    assert november.begins_at == datetime(2026, 11, 1, 5, tzinfo=UTC)  # still summer time
    assert november.ends_at == datetime(2026, 12, 1, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "gone"),
    [
        ("2026-06-01T00:00", Fraction(1, 30 * 86_400)),
        ("2026-06-16T00:00", Fraction(1, 2)),
        ("2026-07-05T00:00", Fraction(1)),
    ],
)
def test_how_much_of_it_is_gone(at, gone):
    june = Window(first=date(2026, 6, 1), last=date(2026, 6, 30), zone=CENTRAL)
    assert june.gone(local(at)) == gone
    assert june.is_over(local(at)) == (gone == 1)


def test_the_hour_that_a_clock_is_put_back_has_passed_too():
    """November 2026 begins in summer time, so it lasts 721 hours."""
    november = Window(first=date(2026, 11, 1), last=date(2026, 11, 30), zone=CENTRAL)
    assert november.gone(datetime(2026, 11, 2, 6, tzinfo=UTC)) == Fraction(25, 721)
    assert november.gone(local("2026-11-02T00:00")) == Fraction(25, 721)


@pytest.mark.parametrize(
    ("kind", "days", "before", "after"),
    [
        ("month", 0, date(2025, 12, 1), date(2026, 2, 1)),
        ("quarter", 0, date(2025, 10, 1), date(2026, 4, 1)),
        ("year", 0, date(2025, 1, 1), date(2027, 1, 1)),
        ("rolling", 7, date(2026, 1, 2), date(2026, 1, 16)),
    ],
)
def test_one_window_leads_to_the_next(kind, days, before, after):
    window = window_at(kind, local("2026-01-15T10:00"), CENTRAL, days=days)
    assert earlier(window, kind).first == before
    assert later(window, kind).first == after
    assert later(earlier(window, kind), kind) == window
