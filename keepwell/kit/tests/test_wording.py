"""Times and spans in words, case by case."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from keepwell.kit import wording

NOW = datetime(2026, 6, 9, 17, 0, tzinfo=UTC)  # a Tuesday, noon in Chicago
CHICAGO = ZoneInfo("America/Chicago")


def span(text: str) -> timedelta:
    parts = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
    return timedelta(**{parts[word[-1]]: int(word[:-1]) for word in text.split()})


@pytest.mark.parametrize(
    ("length", "words"),
    [
        ("0s", "less than a minute"),
        ("59s", "less than a minute"),
        ("1m", "1 min"),
        ("59m 59s", "59 min"),
        ("1h", "1 h"),
        ("1h 5m", "1 h 05"),
        ("2h 10m", "2 h 10"),
        ("9h 59m", "9 h 59"),
        ("10h", "10 h"),
        ("21h 59m", "21 h"),
        ("23h 59m 59s", "23 h"),
        ("1d", "1 day"),
        ("1d 4h 30m", "1 day 4 h"),
        ("2d", "2 days"),
        ("6d 23h", "6 days"),
        ("59d", "59 days"),
        ("61d", "2 months"),
        ("-40m", "40 min"),
    ],
)
def test_a_length_of_time(length: str, words: str) -> None:
    assert wording.duration(span(length)) == words


@pytest.mark.parametrize(
    ("left", "words"),
    [
        ("2h 10m", "due in 2 h 10"),
        ("1m", "due in 1 min"),
        ("59s", "due now"),
        ("0s", "due now"),
        ("-1s", "late by less than a minute"),
        ("-40m", "late by 40 min"),
        ("-3d", "late by 3 days"),
    ],
)
def test_a_promise_says_how_it_stands(left: str, words: str) -> None:
    assert wording.due(NOW + span(left), NOW) == words


@pytest.mark.parametrize(
    ("past", "words"),
    [
        ("10s", "just now"),
        ("-10s", "just now"),
        ("20m", "20 min ago"),
        ("2h 5m", "2 h ago"),
        ("1d 4h", "1 day ago"),
        ("3d", "3 days ago"),
        ("-2h", "in 2 h"),
    ],
)
def test_how_long_ago(past: str, words: str) -> None:
    assert wording.ago(NOW - span(past), NOW) == words


def test_how_a_promise_ended() -> None:
    assert wording.met(NOW, NOW + span("17m")) == "met in 17 min"
    assert wording.met(NOW, NOW) == "met at once"
    assert wording.missed(NOW, NOW + span("25m")) == "missed by 25 min"
    assert wording.paused(span("3h")) == "paused, 3 h left"
    assert wording.paused(None) == "paused"


@pytest.mark.parametrize(
    ("distance", "words"),
    [
        ("0d", "12:00"),
        ("1h 52m", "13:52"),
        ("11h 59m", "23:59"),
        ("12h", "tomorrow 00:00"),
        ("22h 40m", "tomorrow 10:40"),
        ("-1d", "yesterday 12:00"),
        ("2d", "Thu 12:00"),
        ("6d", "Mon 12:00"),
        ("7d", "16 Jun 12:00"),
        ("-2d", "7 Jun 12:00"),
        ("300d", "5 Apr 2027"),
    ],
)
def test_an_instant_as_one_speaks_of_it(distance: str, words: str) -> None:
    assert wording.moment(NOW + span(distance), NOW, CHICAGO) == words


def test_an_instant_belongs_to_the_readers_day_not_to_utc() -> None:
    late = datetime(2026, 6, 10, 3, 0, tzinfo=UTC)
    assert wording.moment(late, NOW, CHICAGO) == "22:00"
    assert wording.moment(late, NOW, ZoneInfo("Europe/Berlin")) == "tomorrow 05:00"


def test_new_year_is_near_though_the_year_differs() -> None:
    eve = datetime(2026, 12, 31, 18, 0, tzinfo=UTC)
    assert wording.moment(eve + span("1d"), eve, CHICAGO) == "tomorrow 12:00"
    assert wording.day(date(2027, 1, 12), date(2026, 12, 31)) == "12 Jan 2027"


def test_a_promise_with_its_instant() -> None:
    assert wording.by(NOW + span("22h 40m"), NOW, CHICAGO) == "by tomorrow 10:40"
    assert wording.full(NOW, CHICAGO) == "Tue 9 June 2026, 12:00 CDT"


def test_whether_support_is_open() -> None:
    assert wording.opening(True, NOW + span("7h"), NOW, CHICAGO) == "Open until 19:00"
    assert wording.opening(False, NOW + span("19h"), NOW, CHICAGO) == "Closed, open again tomorrow 07:00"


@pytest.mark.parametrize(
    ("amount", "unit", "words"),
    [
        (6, "hours", "within 6 hours"),
        (1, "hours", "within 1 hour"),
        (0.5, "hours", "within 0.5 hours"),
        (1, "business_days", "within 1 business day"),
        (14, "business_days", "within 14 business days"),
        (4, "business_hours", "within 4 business hours"),
        (1, "end_of_business_day", "by the next business day"),
        (0, "end_of_business_day", "by the end of the business day"),
        (2, "end_of_business_day", "by the end of 2 business days on"),
    ],
)
def test_an_allowance_as_the_guideline_says_it(amount: float, unit: str, words: str) -> None:
    assert wording.allowance(amount, unit) == words


@pytest.mark.parametrize(
    ("number", "words"), [("85.00", "85"), ("100.00", "100"), ("99.50", "99.5"), ("0.25", "0.25"), ("0", "0")]
)
def test_a_number_is_written_as_one_writes_it(number: str, words: str) -> None:
    assert wording.written_out(Decimal(number)) == words


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 bytes"), (999, "999 bytes"), (12_400, "12 kB"), (3_440_000, "3.4 MB")]
)
def test_a_file_size(size: int, words: str) -> None:
    assert wording.file_size(size) == words
