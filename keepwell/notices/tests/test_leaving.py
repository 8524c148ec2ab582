"""By which ways and from when somebody is told: all combinations, and the nights in which clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import combinations, product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwell.notices.happenings import BELL, BOTH, Happening, Way, is_urgent
from keepwell.notices.leaving import Digest, News, Reach, awake_at, leaves_at, may_leave_now

CHICAGO = ZoneInfo("America/Chicago")


def june(written: str) -> datetime:
    """An instant of 9 June 2026 or the day after on the wall of Chicago: june("9 14:20")."""
    day, clock = written.split()
    return datetime.fromisoformat(f"2026-06-{int(day):02}T{clock}:00-05:00")


def reach(**known) -> Reach:
    usual = {
        "ways": dict.fromkeys(Happening, BOTH),
        "digest": Digest.NONE,
        "daily_at": time(8),
        "quiet_from": time(20),
        "quiet_until": time(7),
        "zone": CHICAGO,
    }
    return Reach(**{**usual, **known})


def news(at: datetime, happening=Happening.ANSWERED, *, is_high=False) -> News:
    return News(happening=happening, at=at, is_high=is_high)


DAY, NIGHT, SMALL_HOURS = june("9 14:20"), june("9 23:40"), june("10 03:05")
MORNING = june("10 07:00")

# What leaves when: (digest, is it urgent) to the instant for something that happens by day, late, early.
TABLE = {
    (Digest.NONE, False): (DAY, MORNING, MORNING),
    (Digest.HOURLY, False): (june("9 15:00"), MORNING, MORNING),
    (Digest.DAILY, False): (june("10 08:00"), june("10 08:00"), june("10 08:00")),
    (Digest.NONE, True): (DAY, MORNING, MORNING),
    (Digest.HOURLY, True): (DAY, MORNING, MORNING),
    (Digest.DAILY, True): (DAY, MORNING, MORNING),
}
SUBSETS = [frozenset(some) for size in range(len(Way) + 1) for some in combinations(Way, size)]
COMBINATIONS = list(product(Happening, SUBSETS, Digest, (False, True), (False, True), range(3)))


@pytest.mark.parametrize(("digest", "urgent"), TABLE)
def test_the_table_of_what_leaves_when(digest, urgent):
    happening = Happening.HIGH_ARRIVED if urgent else Happening.ANSWERED
    for at, leaves in zip((DAY, NIGHT, SMALL_HOURS), TABLE[digest, urgent], strict=True):
        found = leaves_at(news(at, happening, is_high=urgent), reach(digest=digest))
        assert found == {Way.BELL: at, Way.MAIL: leaves}


def test_every_combination_follows_the_table():
    for happening, ways, digest, is_high, is_on_call, moment in COMBINATIONS:
        at = (DAY, NIGHT, SMALL_HOURS)[moment]
        who = reach(ways={happening: ways}, digest=digest, is_on_call=is_on_call)
        found = leaves_at(news(at, happening, is_high=is_high), who)
        urgent = is_urgent(happening, is_high=is_high)
        if happening is Happening.CALLED or (is_on_call and urgent):
            assert found == dict.fromkeys(Way, at)
            continue
        # A device is told at once: as mail is of what nobody has gathered.
        leaves = {
            Way.BELL: at,
            Way.MAIL: TABLE[digest, urgent][moment],
            Way.PUSH: TABLE[Digest.NONE, urgent][moment],
        }
        assert found == {way: leaves[way] for way in ways}


def test_only_what_runs_out_or_arrives_of_high_is_urgent():
    urgent = {(one, high) for one in Happening for high in (False, True) if is_urgent(one, is_high=high)}
    of_high = (Happening.CALL_UNANSWERED, Happening.HIGH_ARRIVED, Happening.DUE_SOON, Happening.MISSED)
    assert urgent == {(one, True) for one in of_high}


def test_who_works_at_night_is_quiet_by_day():
    by_day = reach(quiet_from=time(8), quiet_until=time(16))
    assert leaves_at(news(NIGHT), by_day)[Way.MAIL] == NIGHT
    assert leaves_at(news(DAY), by_day)[Way.MAIL] == june("9 16:00")


def test_quiet_hours_contain_their_beginning_and_not_their_end():
    assert not reach().is_quiet(june("9 19:59"))
    assert reach().is_quiet(june("9 20:00"))
    assert reach().is_quiet(june("10 06:59"))
    assert not reach().is_quiet(june("10 07:00"))


def test_a_wish_for_the_bell_alone_never_leaves_the_house():
    assert set(leaves_at(news(DAY), reach(ways=dict.fromkeys(Happening, BELL)))) == {Way.BELL}


@pytest.mark.parametrize(
    ("until", "begins", "ends"),
    [
        # In spring 02:30 does not come: the clocks go from 02:00 to 03:00.
        ("02:30", "2026-03-08T01:00-06:00", "2026-03-08T03:30-05:00"),
        # In autumn 01:30 comes twice: the first one ends the quiet hours that began the evening before,
        ("01:30", "2026-11-01T00:10-05:00", "2026-11-01T01:30-05:00"),
        # and those that hold again after the clocks went back to 01:00 end with the second.
        ("01:30", "2026-11-01T01:10-06:00", "2026-11-01T01:30-06:00"),
    ],
)
def test_quiet_hours_end_in_the_nights_in_which_clocks_change(until, begins, ends):
    who = reach(quiet_from=time(20), quiet_until=time.fromisoformat(until))
    at = datetime.fromisoformat(begins)
    assert who.is_quiet(at)
    assert awake_at(at, who) == datetime.fromisoformat(ends)


TIMES = st.times().map(lambda wall: wall.replace(second=0, microsecond=0))
NIGHTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)).map(
    lambda at: at.replace(second=0, microsecond=0)
)
ZONES = st.sampled_from(["America/Chicago", "Europe/Berlin", "Australia/Lord_Howe", "America/Havana", "UTC"])


@given(
    at=NIGHTS,
    happening=st.sampled_from(Happening),
    digest=st.sampled_from(Digest),
    hours=st.tuples(TIMES, TIMES).filter(lambda pair: pair[0] != pair[1]),
    daily_at=TIMES,
    zone=ZONES,
    is_high=st.booleans(),
    is_on_call=st.booleans(),
)
def test_nothing_leaves_in_quiet_hours_unless_on_call(
    at, happening, digest, hours, daily_at, zone, is_high, is_on_call
):
    who = reach(
        digest=digest,
        daily_at=daily_at,
        quiet_from=hours[0],
        quiet_until=hours[1],
        zone=ZoneInfo(zone),
        is_on_call=is_on_call,
    )
    told = news(at, happening, is_high=is_high)
    leaves = leaves_at(told, who)[Way.MAIL]
    called = happening is Happening.CALLED or (is_on_call and is_urgent(happening, is_high=is_high))
    assert at <= leaves <= at + timedelta(days=3)
    assert called or not who.is_quiet(leaves)
    assert not called or leaves == at
    assert may_leave_now(news(at, happening, is_high=is_high), who) == (called or not who.is_quiet(at))
