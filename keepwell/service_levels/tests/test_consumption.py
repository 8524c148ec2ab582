"""How much of its allowance a clock has used: by hand, and by what must hold of every history."""

from datetime import datetime, timedelta
from math import inf, isclose

import pytest
from hypothesis import given, settings

from keepwell.calendars.working_time import WorkingTime
from keepwell.service_levels import clock_facts as kinds
from keepwell.service_levels import clock_state as states
from keepwell.service_levels.clock_facts import Fact
from keepwell.service_levels.consumption import BEYOND, consumption, part
from keepwell.service_levels.reference import REFERENCE_HOURS
from keepwell.service_levels.replay import replay
from keepwell.service_levels.terms import Allowance, Terms
from keepwell.service_levels.tests.test_replay_properties import History, seeds

HOURS = WorkingTime.parse(REFERENCE_HOURS)
MONDAY = datetime.fromisoformat("2026-06-01T10:00:00-05:00")


def at(hours):
    return MONDAY + timedelta(hours=hours)


def resolution(amount, unit, *facts, as_of=None):
    """The resolution clock of a case opened on Monday at ten."""
    terms = Terms(
        key=None,
        working_time=HOURS,
        allowances={("resolution", "high"): Allowance(amount=amount, unit=unit)},
    )
    opened = Fact(kind=kinds.OPENED, at=MONDAY, id=0, severity="high")
    told = [Fact(kind=kind, at=when, id=place) for place, (kind, when) in enumerate(facts, start=1)]
    [clock] = replay([opened, *told], terms_at=lambda _at: terms, as_of=as_of or at(24 * 30))
    return clock


def test_half_of_a_days_hours_is_half():
    spent = consumption(resolution(24, "hours", (kinds.RESOLVED, at(12))), HOURS)
    assert (spent.allowed_seconds, spent.paused_seconds) == (86_400, 0)
    assert spent.used == spent.used_without_pauses == 0.5


def test_at_the_due_it_is_one():
    assert consumption(resolution(24, "hours", (kinds.RESOLVED, at(24))), HOURS).used == 1.0


def test_open_time_is_counted_where_the_allowance_is_open_time():
    """Twelve open hours a day: from Monday ten to Tuesday ten is nine hours and three."""
    clock = resolution(1, "business_days", (kinds.RESOLVED, at(9)))
    spent = consumption(clock, HOURS)
    assert spent.allowed_seconds == 12 * 3600
    assert spent.used == 0.75
    # In the night nothing more is used.
    assert consumption(resolution(1, "business_days", (kinds.RESOLVED, at(20))), HOURS).used == 0.75


def test_waiting_is_taken_off_both():
    clock = resolution(
        24,
        "hours",
        (kinds.WAIT, at(6)),
        (kinds.CUSTOMER_MESSAGE, at(26)),
        (kinds.RESOLVED, at(32)),
    )
    spent = consumption(clock, HOURS)
    assert clock.state == states.MET
    assert (spent.allowed_seconds, spent.paused_seconds) == (86_400, 20 * 3600)
    assert spent.used == 0.5
    assert isclose(spent.used_without_pauses, 32 / 24)


def test_a_miss_solved_while_the_desk_is_closed_is_beyond_the_due():
    """Due at the closing of Monday, solved in the evening: no open time has passed since."""
    clock = resolution(0, "end_of_business_day", (kinds.RESOLVED, at(10)))
    assert clock.state == states.MISSED
    assert consumption(clock, HOURS).used == BEYOND


def test_an_open_clock_has_no_part_yet():
    spent = consumption(resolution(24, "hours", as_of=at(3)), HOURS)
    assert (spent.allowed_seconds, spent.used, spent.used_without_pauses) == (86_400, None, None)


def test_a_void_clock_has_none():
    clock = resolution(24, "hours", (kinds.SPAM, at(3)))
    assert clock.state == states.VOID
    assert consumption(clock, HOURS).used is None


@pytest.mark.parametrize(
    ("spent", "allowed", "is_late", "expected"),
    [(0, 0, False, 1.0), (5, 0, True, inf), (0, 0, True, inf), (0, 10, False, 0.0), (20, 10, True, 2.0)],
)
def test_an_allowance_of_nothing_is_used_up_at_once(spent, allowed, is_late, expected):
    assert part(spent, allowed, is_late=is_late) == expected


@settings(max_examples=150, deadline=None)
@given(seeds)
def test_met_is_at_most_one_and_missed_is_more_whatever_happened(rng):
    history = History(rng)
    for clock in history.clocks().values():
        hours = history.terms_at(clock.started_at).working_time
        spent = consumption(clock, hours)
        if spent.used is None:
            assert clock.ended_at is None or clock.state == states.VOID
            continue
        assert (spent.used > 1) == (clock.state == states.MISSED)
        assert spent.used >= 0
        assert (spent.used_without_pauses > 1) == (clock.ended_at > clock.due_without_pauses)


@settings(max_examples=100, deadline=None)
@given(seeds)
def test_where_it_never_stood_still_both_parts_are_one(rng):
    history = History(rng)
    for clock in history.clocks().values():
        if clock.pauses or clock.ended_at is None or clock.state == states.VOID:
            continue
        same_due = replace_due(clock)
        spent = consumption(same_due, history.terms_at(clock.started_at).working_time)
        assert spent.used == spent.used_without_pauses


def replace_due(clock):
    """The clock as if both dues had always been the same."""
    return clock._replace(due_without_pauses=clock.due_at or clock.due_kept)
