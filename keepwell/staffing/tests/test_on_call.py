"""Who is on call, by turns, days off and stand-ins, through the nights in which clocks change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwell.staffing.on_call import (
    Away,
    StandsIn,
    Stretch,
    Turns,
    gaps,
    line_at,
    line_of_all,
    stretches,
    without,
)

CHICAGO = ZoneInfo("America/Chicago")
MARIA, LEA, THEO = 1, 2, 3
# Mondays at nine; the first turn is Maria's.
WEEKLY = Turns(people=(MARIA, LEA, THEO), zone=CHICAGO, starts_on=date(2026, 6, 1), hands_over_at=time(9))
NIGHTS = replace(WEEKLY, from_at=time(19), until_at=time(7))


def wall(written: str) -> datetime:
    """wall("06-01 09:00") of 2026 in Chicago."""
    return datetime.fromisoformat(f"2026-{written}").replace(tzinfo=CHICAGO).astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "line"),
    [
        ("06-01 08:59", ()),
        ("06-01 09:00", (MARIA, LEA, THEO)),
        ("06-08 08:59", (MARIA, LEA, THEO)),
        ("06-08 09:00", (LEA, THEO, MARIA)),
        ("06-15 09:00", (THEO, MARIA, LEA)),
        ("06-22 09:00", (MARIA, LEA, THEO)),
    ],
)
def test_turns_go_round_and_who_comes_next_is_next_in_line(at, line):
    assert line_at(WEEKLY, wall(at)) == line


@pytest.mark.parametrize("monday", ["03-09", "11-02"])
def test_a_turn_begins_at_nine_on_the_wall_after_the_clocks_changed(monday):
    since_winter = replace(WEEKLY, starts_on=date(2026, 3, 2))
    before, after = wall(f"{monday} 08:59"), wall(f"{monday} 09:00")
    assert since_winter.turn_at(after) == since_winter.turn_at(before) + 1


def test_turns_of_two_weeks_go_on_for_two_weeks():
    slow = replace(WEEKLY, weeks_each=2)
    assert line_at(slow, wall("06-15 08:59"))[0] == MARIA
    assert line_at(slow, wall("06-15 09:00"))[0] == LEA


@pytest.mark.parametrize(
    ("at", "is_covered"),
    [("06-02 18:59", False), ("06-02 19:00", True), ("06-03 06:59", True), ("06-03 07:00", False)],
)
def test_a_rota_of_nights_covers_the_nights(at, is_covered):
    assert bool(line_at(NIGHTS, wall(at))) == is_covered


def test_who_has_a_day_off_is_passed_over():
    away = Away(person=MARIA, starts_on=date(2026, 6, 3), ends_on=date(2026, 6, 4))
    turns = replace(WEEKLY, away=(away,))
    assert line_at(turns, wall("06-02 23:59"))[0] == MARIA
    assert line_at(turns, wall("06-03 00:00")) == (LEA, THEO)
    assert line_at(turns, wall("06-05 00:00"))[0] == MARIA


def test_who_stands_in_is_first_and_asked_once():
    stands_in = StandsIn(person=THEO, starts_at=wall("06-02 18:00"), ends_at=wall("06-03 08:00"))
    turns = replace(WEEKLY, stand_ins=(stands_in,))
    assert line_at(turns, wall("06-02 18:00")) == (THEO, MARIA, LEA)
    assert line_at(turns, wall("06-03 08:00")) == (MARIA, LEA, THEO)


def test_the_coming_time_is_cut_where_the_line_changes():
    found = stretches([WEEKLY], wall("06-01 00:00"), wall("06-15 09:00"))
    assert found == [
        Stretch(starts_at=wall("06-01 00:00"), ends_at=wall("06-01 09:00"), line=()),
        Stretch(starts_at=wall("06-01 09:00"), ends_at=wall("06-08 09:00"), line=(MARIA, LEA, THEO)),
        Stretch(starts_at=wall("06-08 09:00"), ends_at=wall("06-15 09:00"), line=(LEA, THEO, MARIA)),
    ]


def test_gaps_are_what_is_needed_and_nobody_covers():
    away = tuple(Away(person=one, starts_on=date(2026, 6, 3), ends_on=date(2026, 6, 3)) for one in (1, 2, 3))
    night = (wall("06-02 19:00"), wall("06-03 07:00"))
    assert gaps([NIGHTS], [night]) == []
    assert gaps([replace(NIGHTS, away=away)], [night]) == [(wall("06-03 00:00"), wall("06-03 07:00"))]
    assert gaps([], [night]) == [night]


def test_what_is_closed_is_the_whole_without_what_is_open():
    day = (wall("06-02 00:00"), wall("06-03 00:00"))
    hours = [(wall("06-02 07:00"), wall("06-02 19:00"))]
    assert without(day, hours) == [(day[0], hours[0][0]), (hours[0][1], day[1])]
    assert without(day, [day]) == []
    assert without(day, []) == [day]
    assert without(hours[0], [day]) == []


INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC))
WALLS = st.times().map(lambda wall: wall.replace(second=0, microsecond=0))
ROTAS = st.builds(
    Turns,
    people=st.permutations([MARIA, LEA, THEO]).map(tuple),
    zone=st.sampled_from(["America/Chicago", "Europe/Berlin", "Australia/Lord_Howe"]).map(ZoneInfo),
    starts_on=st.dates(date(2026, 1, 1), date(2026, 12, 1)),
    hands_over_at=WALLS,
    weeks_each=st.integers(1, 4),
    from_at=WALLS,
    until_at=WALLS,
    stand_ins=st.lists(
        st.builds(
            lambda at, hours: StandsIn(person=THEO, starts_at=at, ends_at=at + timedelta(hours=hours)),
            INSTANTS,
            st.integers(1, 40),
        ),
        max_size=2,
    ).map(tuple),
    away=st.lists(
        st.builds(
            lambda on, days: Away(person=MARIA, starts_on=on, ends_on=on + timedelta(days=days)),
            st.dates(date(2026, 1, 1), date(2027, 1, 1)),
            st.integers(0, 9),
        ),
        max_size=2,
    ).map(tuple),
)


@given(
    rotas=st.lists(ROTAS, max_size=2),
    begins=INSTANTS,
    days=st.integers(1, 21),
    share=st.floats(0, 0.999),
)
def test_the_picture_says_of_every_instant_who_is_asked_then(rotas, begins, days, share):
    ends = begins + timedelta(days=days)
    found = stretches(rotas, begins, ends)
    assert found[0].starts_at == begins
    assert found[-1].ends_at == ends
    assert all(one.ends_at == two.starts_at for one, two in zip(found, found[1:], strict=False))
    at = begins + (ends - begins) * share
    [here] = [one for one in found if one.starts_at <= at < one.ends_at]
    assert here.line == line_of_all(rotas, at)
