"""Up to five times at which both sides can: tables, and a walk over every minute that knows no spans."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwell.success.engagements.free_times import (
    NOON,
    Span,
    Wish,
    free_times,
    is_free,
    joined,
    left_of,
    shared,
)

CHICAGO, BERLIN = ZoneInfo("America/Chicago"), ZoneInfo("Europe/Berlin")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# The clocks go forward in Chicago in the night before the 8th of March 2026, in Berlin before the 29th.
BEGINS = datetime(2026, 3, 5, tzinfo=UTC)


def on_the_wall(zone: ZoneInfo, on: date, opens: str, closes: str) -> Span:
    begins, ends = (datetime.combine(on, time.fromisoformat(at), zone) for at in (opens, closes))
    return begins.astimezone(UTC), ends.astimezone(UTC)


def days(first: date, count: int, zone: ZoneInfo, opens: str, closes: str) -> list[Span]:
    return [on_the_wall(zone, first + day * DAY, opens, closes) for day in range(count)]


def walls(spans: list[Span], zone: ZoneInfo) -> list[str]:
    return [begins.astimezone(zone).strftime("%a %d %H:%M") for begins, _ends in spans]


def wish(**given) -> Wish:
    return Wish(
        **{
            "earliest": BEGINS,
            "latest": BEGINS + 14 * DAY,
            "lasts_for": HOUR,
            "zone": CHICAGO,
            **given,
        }
    )


def test_one_a_day_is_offered_by_turns_before_and_after_noon():
    week = days(date(2026, 3, 5), 10, CHICAGO, "08:00", "17:00")
    offered = walls(free_times(wish(), week, week, []), CHICAGO)
    assert offered == ["Thu 05 08:00", "Fri 06 12:00", "Sat 07 08:00", "Sun 08 12:00", "Mon 09 08:00"]


def test_eight_in_the_morning_stays_eight_when_the_clocks_go_forward():
    mornings = days(date(2026, 3, 6), 4, CHICAGO, "08:00", "09:00")
    offered = free_times(wish(), mornings, mornings, [])
    assert walls(offered, CHICAGO) == ["Fri 06 08:00", "Sat 07 08:00", "Sun 08 08:00", "Mon 09 08:00"]
    assert [begins.hour for begins, _ends in offered] == [14, 14, 13, 13]


def test_both_walls_count_while_only_one_of_them_has_changed_its_clocks():
    ours = days(date(2026, 3, 6), 4, BERLIN, "08:00", "17:00")
    theirs = days(date(2026, 3, 6), 4, CHICAGO, "08:00", "17:00")
    offered = free_times(wish(at_most=4), ours, theirs, [])
    # Seven hours apart before the 8th, six after it: then there is an hour more in common.
    assert walls(offered, CHICAGO) == ["Fri 06 08:00", "Sat 07 08:00", "Sun 08 08:00", "Mon 09 08:00"]
    assert {len(free_times(wish(at_most=9), [one], theirs, [])) for one in ours[2:]} == {3}
    assert {len(free_times(wish(at_most=9), [one], theirs, [])) for one in ours[:2]} == {2}


def test_what_is_taken_is_not_offered_and_the_edges_are_free():
    day = days(date(2026, 3, 5), 1, CHICAGO, "08:00", "12:00")
    taken = [on_the_wall(CHICAGO, date(2026, 3, 5), "09:00", "11:00")]
    assert walls(free_times(wish(), day, day, taken), CHICAGO) == ["Thu 05 08:00", "Thu 05 11:00"]


def test_a_day_alone_is_filled_without_overlaps():
    day = days(date(2026, 3, 5), 1, CHICAGO, "08:00", "10:30")
    assert walls(free_times(wish(), day, day, []), CHICAGO) == ["Thu 05 08:00", "Thu 05 09:00"]


def test_nothing_is_offered_where_nothing_is_free():
    ours = days(date(2026, 3, 5), 3, CHICAGO, "08:00", "12:00")
    theirs = days(date(2026, 3, 5), 3, CHICAGO, "13:00", "17:00")
    assert free_times(wish(), ours, theirs, []) == []
    assert free_times(wish(), ours, ours, [(BEGINS, BEGINS + 30 * DAY)]) == []
    assert free_times(wish(lasts_for=5 * HOUR), ours, ours, []) == []


def test_a_zone_of_quarter_hours_begins_on_its_own_half_hours():
    kathmandu = ZoneInfo("Asia/Kathmandu")
    day = days(date(2026, 3, 5), 1, kathmandu, "08:10", "10:30")
    assert walls(free_times(wish(zone=kathmandu), day, day, []), kathmandu) == [
        "Thu 05 08:30",
        "Thu 05 09:30",
    ]


# The oracle: minutes, one by one. It shares no code with the rules, and knows no spans but as minutes.


def minutes_of(spans: list[Span]) -> set[int]:
    found: set[int] = set()
    for begins, ends in spans:
        found |= set(range((begins - BEGINS) // MINUTE, (ends - BEGINS) // MINUTE))
    return found


def by_the_minute(asked: Wish, ours: list[Span], theirs: list[Span], busy: list[Span]) -> list[Span]:
    free = (minutes_of(ours) & minutes_of(theirs)) - minutes_of(busy)
    lasts = asked.lasts_for // MINUTE
    possible = []
    for minute in sorted(free):
        begins = BEGINS + minute * MINUTE
        is_within = asked.earliest <= begins and begins + asked.lasts_for <= asked.latest
        on_wall = begins.astimezone(asked.zone).minute in (0, 30)
        if is_within and on_wall and free.issuperset(range(minute, minute + lasts)):
            possible.append(minute)
    local = {minute: (BEGINS + minute * MINUTE).astimezone(asked.zone) for minute in possible}
    chosen: list[int] = []
    for on in sorted({at.date() for at in local.values()}):
        if len(chosen) == asked.at_most:
            break
        of_day = [minute for minute in possible if local[minute].date() == on]
        half = [m for m in of_day if (local[m].hour >= NOON) == (len(chosen) % 2 == 1)]
        chosen.append((half or of_day)[0])
    if len({at.date() for at in local.values()}) < asked.at_most:
        for minute in possible:
            if len(chosen) < asked.at_most and all(abs(minute - other) >= lasts for other in chosen):
                chosen.append(minute)
    return [(BEGINS + m * MINUTE, BEGINS + m * MINUTE + asked.lasts_for) for m in sorted(chosen)]


LENGTH = 6 * 24 * 60


@st.composite
def spans_in_a_week(draw, most: int = 8) -> list[Span]:
    found = []
    for begins in draw(st.lists(st.integers(0, LENGTH - 1), max_size=most)):
        ends = min(LENGTH, begins + draw(st.integers(0, 700)))
        found.append((BEGINS + begins * MINUTE, BEGINS + ends * MINUTE))
    return found


@given(
    spans_in_a_week(),
    spans_in_a_week(),
    spans_in_a_week(),
    st.sampled_from([CHICAGO, BERLIN, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Asia/Kathmandu")]),
    st.sampled_from([15, 30, 45, 60, 90]),
    st.integers(0, 3 * 24 * 60),
)
def test_what_is_offered_is_what_a_walk_over_every_minute_offers(ours, theirs, busy, zone, lasts, late):
    asked = wish(
        zone=zone,
        lasts_for=lasts * MINUTE,
        earliest=BEGINS + late * MINUTE,
        latest=BEGINS + LENGTH * MINUTE,
    )
    assert free_times(asked, ours, theirs, busy) == by_the_minute(asked, ours, theirs, busy)


@given(spans_in_a_week(), spans_in_a_week())
def test_spans_are_sets_of_minutes(one, other):
    assert minutes_of(joined(one)) == minutes_of(one)
    assert minutes_of(shared(joined(one), joined(other))) == minutes_of(one) & minutes_of(other)
    assert minutes_of(left_of(joined(one), joined(other))) == minutes_of(one) - minutes_of(other)


@pytest.mark.parametrize(
    ("begins", "ends", "free"), [(0, 60, True), (60, 120, False), (119, 130, False), (120, 180, True)]
)
def test_what_ends_as_it_begins_is_not_in_the_way(begins, ends, free):
    span = (BEGINS + begins * MINUTE, BEGINS + ends * MINUTE)
    assert is_free(span, [(BEGINS + HOUR, BEGINS + 2 * HOUR)]) is free
