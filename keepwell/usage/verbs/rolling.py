"""The days that are due are counted, kept as files and copied to PostgreSQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from keepwell.customers.models import Deployment
from keepwell.journal.recording import record
from keepwell.kit import clock, heavy
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock_key
from keepwell.people.actors import System
from keepwell.usage.days import day_of
from keepwell.usage.engine import embedded, read
from keepwell.usage.kept_days import files_that_count
from keepwell.usage.models import DayFile, MetricDay, RolledDay, Source, UsageDay
from keepwell.usage.parquet import COUNT, EVENT, keep_table, paths, table_of
from keepwell.usage.rolling import AT, CORE, NAMED, PAIRS, PLACED, Known, rolled
from keepwell.usage.standing import modules, persons_at, placements

BY = System("usage")
DAYS_AT_ONCE = 31
# Four weeks look back on a day.
WINDOW, ONE = timedelta(days=28), timedelta(days=1)
COPY = (
    "COPY keepwell_usage_usageday (deployment_id, module_id, person_key, day, events, core_events) FROM STDIN"
)
PRINTS = """
    SELECT day, deployment_id,
           sum(hashtext(concat_ws('/', module_id, person_key, events, core_events))::bigint)
    FROM keepwell_usage_usageday WHERE day = ANY(%s) GROUP BY day, deployment_id
"""
Changed = Mapping[date, set[int]]


def roll(*, at: datetime | None = None) -> int:
    """Counts every day that is due; gives how many. Effects: usage.told_late where an earlier day changed."""
    at, done = clock.instant(at), 0
    while days := list(RolledDay.objects.filter(is_due=True).values_list("day", flat=True)[:DAYS_AT_ONCE]):
        _roll(sorted(days), at)
        done += len(days)
    return done


@all_or_nothing()
def _roll(days: Sequence[date], at: datetime) -> None:
    lock_key("usage.rolling")
    # Before it is counted: what changes while it is, makes the day due once more.
    RolledDay.objects.filter(day__in=days).update(is_due=False, rolled_at=at)
    days = _that_can_be_counted(days)
    counts = _counts(days)
    before = {row.day: row.place for row in RolledDay.objects.filter(day__in=days)}
    pieces = {day: counts[day] for day in days if day in counts}
    places = {day: keep_table(f"counts/{day:%Y/%m-%d}", pieces[day]) if day in pieces else "" for day in days}
    changed = [day for day in days if places[day] != before[day]]
    touched = _copy(changed, pieces)
    for day in changed:
        rows = pieces[day].num_rows if day in pieces else 0
        RolledDay.objects.filter(day=day).update(place=places[day], rows=rows)
    _make_unmeasured(changed, at)
    _tell_late(touched, at)


def _that_can_be_counted(days: Sequence[date]) -> list[date]:
    """Those whose events are all still there; of the others what was counted stays."""
    forgotten = set(DayFile.objects.filter(is_forgotten=True).values_list("day", flat=True))
    return [day for day in days if not forgotten & {day - ONE, day, day + ONE}]


def _counts(days: Sequence[date]) -> dict[date, Any]:
    """The counts of these days, as Arrow tables; a day without any is left out."""
    if not days:
        return {}
    first, last = days[0] - ONE, days[-1] + ONE
    sources = list(Source.objects.order_by("pk"))
    files = [one.place for one in files_that_count() if first <= one.day <= last]
    named, core, pairs = modules(sources)
    with embedded() as con:
        given = {
            "placed": (PLACED, placements(sources, days)),
            "at": (AT, persons_at()),
            "named": (NAMED, named),
            "core": (CORE, core),
            "pairs": (PAIRS, pairs),
        }
        known = Known(
            **{
                name: con.create_table(name, table_of(columns, rows), temp=True)
                for name, (columns, rows) in given.items()
            }
        )
        counted = rolled(read(con, paths(files), EVENT), known).to_pyarrow()
    compute = heavy.pyarrow().compute
    found = {
        number: counted.filter(compute.equal(counted["day"], number))
        for number in set(counted["day"].to_pylist())
    }
    return {day_of(number): rows.select(list(COUNT)) for number, rows in found.items()}


def _copy(days: Sequence[date], pieces: Mapping[date, Any]) -> Changed:
    """The counts of these days are in PostgreSQL; gives which deployments have other ones than before."""
    before = _fingerprints(days)
    UsageDay.objects.filter(day__in=days).delete()
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for day in days:
            for row in pieces[day].to_pylist() if day in pieces else []:
                copy.write_row(_written(row, day))
    after = _fingerprints(days)
    touched: dict[date, set[int]] = defaultdict(set)
    for day, deployment in {key for key, _told in before.items() ^ after.items()}:
        touched[day].add(deployment)
    return touched


def _written(row: Mapping[str, Any], day: date) -> tuple[Any, ...]:
    module, person = row["module_id"] or None, row["person_key"] or None
    return (row["deployment_id"], module, person, day, row["events"], row["core_events"])


def _fingerprints(days: Sequence[date]) -> dict[tuple[date, int], int]:
    """What tells the counts of a deployment on a day from others."""
    with connection.cursor() as cursor:
        cursor.execute(PRINTS, [list(days)])
        return {(day, deployment): told for day, deployment, told in cursor.fetchall()}


def _make_unmeasured(changed: Iterable[date], at: datetime) -> None:
    """The metrics of these days and of the four weeks after them are due; of today they are not yet."""
    today = at.date()
    later = {day + timedelta(days=step) for day in changed for step in range(WINDOW.days) if day < today}
    wanted = sorted(day for day in later if day < today)
    RolledDay.objects.bulk_create([RolledDay(day=day, is_due=False) for day in wanted], ignore_conflicts=True)
    RolledDay.objects.filter(day__in=wanted).update(is_unmeasured=True)


def _tell_late(touched: Changed, at: datetime) -> None:
    """Accounts whose metrics of these days were worked out already: whoever used them reads that they
    changed.
    """
    by_account: dict[int, list[date]] = defaultdict(list)
    accounts = dict(Deployment.objects.values_list("pk", "account"))
    for day, deployments in touched.items():
        for account in sorted({accounts[one] for one in deployments}):
            by_account[account].append(day)
    known = set(
        MetricDay.objects.filter(account__in=by_account, day__in=list(touched))
        .values_list("account", "day")
        .distinct()
    )
    for account, days in sorted(by_account.items()):
        late = sorted(day for day in days if (account, day) in known)
        if late:
            facts = {"first_on": late[0].isoformat(), "last_on": late[-1].isoformat(), "days": len(late)}
            record("usage.told_late", by=BY, at=at, subjects=[("account", account)], facts=facts)
