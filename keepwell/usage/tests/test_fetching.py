"""A view in the vendor's warehouse is read day by day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import ibis
import pytest

from keepwell.usage.models import Source, SourceKind, UsageDay
from keepwell.usage.tests.told import NOW, count
from keepwell.usage.verbs.fetching import fetch
from keepwell.usage.verbs.sources import NewSource, add_source
from tests import cast

pytestmark = pytest.mark.django_db

NINTH = datetime(2026, 6, 9, 12, tzinfo=UTC)


@pytest.fixture
def warehouse():
    con = ibis.duckdb.connect()
    con.raw_sql(
        "CREATE TABLE events (id INT, name VARCHAR, user_id INT, groupid VARCHAR, occurred_at TIMESTAMPTZ)"
    )
    con.raw_sql("CREATE VIEW used AS SELECT * FROM events WHERE name <> 'noise'")
    yield con
    con.disconnect()


@pytest.fixture
def view(db, town) -> Source:
    new = NewSource(name="View", kind=SourceKind.WAREHOUSE, product=cast.roadworks(), table="main.used")
    return add_source(new, by=cast.CAST, at=NOW)[0]


def put(con, number: int, at: datetime, name: str = "Plow sent") -> None:
    con.raw_sql(f"INSERT INTO events VALUES ({number}, '{name}', 7, 'elm-falls', '{at.isoformat()}')")


def test_days_that_ended_are_read_and_what_came_late_is_found(view, warehouse):
    put(warehouse, 1, NINTH)
    put(warehouse, 2, NINTH, "noise")
    put(warehouse, 3, NOW)
    fetch(view, warehouse, at=NOW)
    view.refresh_from_db()
    assert view.read_until == NOW.date() - timedelta(days=1)
    put(warehouse, 4, NOW - timedelta(days=2))
    fetch(view, warehouse, at=NOW + timedelta(days=1))
    count()
    days = sorted(UsageDay.objects.values_list("day", "events"))
    assert days == [(NINTH.date(), 1), ((NOW - timedelta(days=2)).date(), 1), (NOW.date(), 1)]


def test_a_view_that_cannot_be_read_says_so(view, warehouse):
    warehouse.raw_sql("DROP VIEW used")
    fetch(view, warehouse, at=NOW)
    view.refresh_from_db()
    assert view.said
    assert view.read_until is None
