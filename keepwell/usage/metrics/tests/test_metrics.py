"""Every metric against answers that were worked out by hand, on DuckDB."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import ibis
import pyarrow as pa
import pytest
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from keepwell.usage.answering import PAST, Answering, Standing, asked, given_of, laid_out, told_from
from keepwell.usage.days import day_of, number_of
from keepwell.usage.metrics import METRICS
from keepwell.usage.metrics.trend import NO_BASIS, SAME_SEASON, TRAILING
from keepwell.usage.parquet import COUNT, table_of
from keepwell.usage.season import Basis, season_of

# A Friday.
ON = number_of(date(2026, 6, 26))
TOWN, COUNTY, EMPTY = 1, 2, 3
SNOW, SIGNS, PARKS = 101, 102, 103

# Deployment 11 is the town's, 21 the county's, 12 the town's for tests: (deployment, module, person, days
# before the day, events, core events).
TOLD = (
    (11, SNOW, "p1", 0, 5, 2),
    (11, SNOW, "p1", 1, 5, 2),
    (11, SNOW, "p1", 2, 5, 2),
    (11, SNOW, "p2", 6, 4, 4),  # a Saturday
    (11, SIGNS, "p2", 10, 1, 1),
    (11, 0, "p3", 27, 1, 0),
    (11, SIGNS, "p4", 28, 9, 9),  # before the four weeks
    (11, 0, "", 0, 3, 0),
    (12, SNOW, "p5", 0, 9, 9),
    (21, SNOW, "q1", 0, 8, 8),
    (21, SNOW, "q2", 3, 1, 1),
)
WORKED = [day for day in range(ON - 27, ON + 1) if day_of(day).weekday() < 5]
STANDING = Standing(
    accounts=[(TOWN,), (COUNTY,), (EMPTY,)],
    in_production=[(11, TOWN), (21, COUNTY), (31, EMPTY)],
    worked=[(account, day) for account in (TOWN, COUNTY) for day in WORKED],
    entitled=[(TOWN, SNOW, 14), (TOWN, SIGNS, 10), (TOWN, PARKS, 10)],
    seats=[(TOWN, 10)],
    provisioned=[(TOWN, 7), (COUNTY, 90)],
    live=[(TOWN, ON - 40), (COUNTY, ON + 2)],
)
BEFORE = [(TOWN, ON - 30, 0), (TOWN, ON - 20, 1), (TOWN, ON - 19, 0)]

F = Fraction
BY_HAND: dict[str, dict[int, Fraction | None]] = {
    "active_1": {TOWN: F(1), COUNTY: F(1), EMPTY: F(0)},
    "active_7": {TOWN: F(2), COUNTY: F(2), EMPTY: F(0)},
    "active_28": {TOWN: F(3), COUNTY: F(2), EMPTY: F(0)},
    # 3 + 2 + 1 days of three people, over 28 days.
    "stickiness": {TOWN: F(6, 84), COUNTY: F(2, 56), EMPTY: None},
    # The day, the two before it and the tenth; the Saturday is no working day. Of 20.
    "frequency": {TOWN: F(4, 20), COUNTY: F(2, 20), EMPTY: None},
    # One core event is not enough for signs.
    "breadth": {TOWN: F(1, 3), COUNTY: None, EMPTY: None},
    # p1 6, p2 1 (not the Saturday's), p3 0: 1 in 20 days. Two people: half of 8 and 1.
    "depth": {TOWN: F(1, 20), COUNTY: F(9, 40), EMPTY: None},
    # Today, one half-life ago, never.
    "recency": {TOWN: F(1, 2), COUNTY: None, EMPTY: None},
    "licences_provisioned": {TOWN: F(7, 10), COUNTY: None, EMPTY: None},
    "licences_active": {TOWN: F(3, 10), COUNTY: None, EMPTY: None},
    "trend": {TOWN: None, COUNTY: None, EMPTY: None},
    # 28 days ago, which was 12 after going live; the county used it before.
    "first_value": {TOWN: F(12), COUNTY: F(0), EMPTY: None},
    "first_use": {TOWN: F(20), COUNTY: None, EMPTY: None},
}


@pytest.fixture(scope="module")
def con():
    with_duckdb = ibis.duckdb.connect()
    yield with_duckdb
    with_duckdb.disconnect()


def worked_out(con, told=TOLD, standing=STANDING, before=BEFORE, on=ON, metrics=tuple(METRICS)):
    rows = [
        (deployment, module, person, on - ago, events, core)
        for deployment, module, person, ago, events, core in told
    ]
    answering = Answering(con, ibis.memtable(table_of(COUNT, rows)))
    found = answering.ask(on, standing, table_of(PAST, before), metrics)
    return {
        key: (None if below is None else Fraction(above, below), basis)
        for key, (above, below, basis) in found.items()
    }


def test_every_metric_has_answers_by_hand():
    assert BY_HAND.keys() == METRICS.keys()


@pytest.mark.parametrize("metric", METRICS)
def test_a_metric_is_what_was_worked_out_by_hand(con, metric):
    found = worked_out(con, metrics=(metric,))
    assert {account: found[account, metric][0] for account in (TOWN, COUNTY, EMPTY)} == BY_HAND[metric]


def test_all_at_once_they_are_the_same(con):
    found = worked_out(con)
    assert len(found) == 3 * len(METRICS)
    for metric, by_hand in BY_HAND.items():
        assert {account: found[account, metric][0] for account in by_hand} == by_hand, metric


def test_nothing_at_all_gives_nothing_and_no_error(con):
    found = worked_out(con, told=(), before=())
    assert found[TOWN, "active_28"] == (0, NO_BASIS)
    assert found[TOWN, "breadth"] == (0, NO_BASIS)
    assert found[TOWN, "recency"] == (0, NO_BASIS)
    assert found[TOWN, "stickiness"] == (None, NO_BASIS)


BASES = {Basis.SAME_SEASON: SAME_SEASON, Basis.TRAILING: TRAILING}


@settings(max_examples=20)
@examples(
    st.lists(
        st.lists(st.integers(0, 30), min_size=1, max_size=500)
        | st.integers(90, 430).map(lambda days: [5] * days),
        min_size=1,
        max_size=6,
    )
)
def test_a_trend_is_what_the_rule_of_seasons_says(histories):
    """Each list is one account's, and ends with the day."""
    accounts = list(enumerate(histories, 1))
    standing = Standing(
        accounts=[(account,) for account, _values in accounts],
        in_production=[(account, account) for account, _values in accounts],
        worked=[],
        entitled=[],
        seats=[],
        provisioned=[],
        live=[],
    )
    before = [
        (account, ON - len(values) + 1 + place, value)
        for account, values in accounts
        for place, value in enumerate(values[:-1])
    ]
    told = [
        (account, 0, f"p{person}", 0, 1, 0) for account, values in accounts for person in range(values[-1])
    ]
    with_duckdb = ibis.duckdb.connect()
    found = worked_out(with_duckdb, told, standing, before, metrics=("trend",))
    with_duckdb.disconnect()
    for account, values in accounts:
        season = season_of(values, len(values) - 1)
        change, basis = found[account, "trend"]
        assert change == (season.change(values[-1]) if season else None)
        assert basis == (BASES[season.basis] if season else NO_BASIS)


def test_what_engines_give_is_whole_numbers(con):
    counts = told_from(ON, ibis.memtable(table_of(COUNT, [(11, SNOW, "p1", ON, 5, 2)])))
    laid = laid_out(ON, STANDING, table_of(PAST, []))
    given = given_of(counts, {name: ibis.memtable(table) for name, table in laid.items()})
    table = con.to_pyarrow(asked(given))
    assert table.schema.field("numerator").type == pa.int64()
    assert table.schema.field("denominator").type == pa.int64()


def test_the_same_query_answers_for_every_day(con):
    rows = [(11, SNOW, "p1", ON - ago, 1, 1) for ago in range(10)]
    answering = Answering(con, ibis.memtable(table_of(COUNT, rows)))
    active = [
        answering.ask(ON + step, STANDING, table_of(PAST, []), ("active_7",))[TOWN, "active_7"][0]
        for step in (-9, -10, 0, 6, 7)
    ]
    assert active == [1, 0, 1, 1, 0]
