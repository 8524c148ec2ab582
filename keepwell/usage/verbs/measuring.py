"""Metrics of every day that is due are worked out and kept as rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from keepwell.customers.models import Deployment, Environment
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock_key
from keepwell.usage.answering import Answering, Standing
from keepwell.usage.days import number_of
from keepwell.usage.engine import metrics_engine, read
from keepwell.usage.entitled import Entitled
from keepwell.usage.facts import facts_of_all
from keepwell.usage.hearing import Hearing
from keepwell.usage.history import ACTIVE, History
from keepwell.usage.metrics import METRICS
from keepwell.usage.metrics.given import WINDOW_DAYS
from keepwell.usage.metrics.trend import SAME_SEASON, TRAILING
from keepwell.usage.models import MetricDay, MetricState, RolledDay
from keepwell.usage.parquet import COUNT, paths
from keepwell.usage.season import Basis
from keepwell.usage.standing import in_production, went_live, working_days
from keepwell.usage.taking.group_facts import SEATS_PROVISIONED

DAY = timedelta(days=1)
# Counts are by the customers' own days: that of Hawaii is the last to end, ten hours after that of UTC.
OVER_AFTER = timedelta(hours=10)
# What cannot be said yet is another thing than what does not apply.
NOT_YET = frozenset({"stickiness", "depth", "trend", "first_value"})
BASES = {SAME_SEASON: Basis.SAME_SEASON, TRAILING: Basis.TRAILING}
COLUMNS = "account_id, metric, day, state, numerator, denominator, basis"
COPY = f"COPY keepwell_usage_metricday ({COLUMNS}) FROM STDIN"
Row = tuple[int, str, date, str, int | None, int | None, str]


@dataclass(frozen=True, kw_only=True)
class _Measuring:
    """A run over many days: the engine with its counts, who was heard when, and who was active before."""

    answering: Answering
    hearing: Hearing
    history: History


def measure(*, at: datetime | None = None) -> int:
    """Works out every day that is due and over for all customers; gives how many.

    Records nothing: it is an arithmetic.
    """
    today = (clock.instant(at) - OVER_AFTER).date()
    _make_days_up_to(today - DAY)
    due = list(
        RolledDay.objects.filter(is_unmeasured=True, day__lt=today)
        .order_by("day")
        .values_list("day", flat=True)
    )
    if not due:
        return 0
    with metrics_engine() as con:
        files = RolledDay.objects.exclude(place="").order_by("day").values_list("place", flat=True)
        with read(con, paths(files), COUNT).cache() as counts:
            hearing = Hearing()
            answering = Answering(con, counts)
            run = _Measuring(answering=answering, hearing=hearing, history=History(hearing.first))
            for day in due:
                _measure_day(run, day)
            for day in _later_days(due):
                _measure_trend_again(run, day)
    return len(due)


def _make_days_up_to(last: date) -> None:
    """Every day from the first on has its metrics, also one on which nobody did anything."""
    first = RolledDay.objects.exclude(place="").order_by("day").values_list("day", flat=True).first()
    if first is None:
        return
    wanted = {first + step * DAY for step in range((last - first).days + 1)}
    missing = wanted - set(MetricDay.objects.values_list("day", flat=True).distinct())
    RolledDay.objects.bulk_create(
        [RolledDay(day=day, is_due=False) for day in missing], ignore_conflicts=True
    )
    RolledDay.objects.filter(day__in=missing).update(is_unmeasured=True)


@all_or_nothing()
def _measure_day(run: _Measuring, day: date) -> None:
    lock_key("usage.measuring")
    RolledDay.objects.filter(day=day).update(is_unmeasured=False)
    known = run.hearing.known_on(day)
    silent = {account for account in known if run.hearing.is_silent(account, day)}
    heard = [account for account in known if account not in silent]
    rows = [*_rows(run, day, heard, tuple(METRICS)), *_frozen(silent, day)] if known else []
    MetricDay.objects.filter(day=day).delete()
    _copy(rows)
    run.history.put(day, [(row[0], row[4]) for row in rows if row[1] == ACTIVE and row[4] is not None])


@all_or_nothing()
def _measure_trend_again(run: _Measuring, day: date) -> None:
    """The trend of a later day hangs on what was active before it."""
    lock_key("usage.measuring")
    of_day = MetricDay.objects.filter(day=day, metric="trend").exclude(state=MetricState.STALE)
    rows = list(_rows(run, day, sorted(of_day.values_list("account", flat=True)), ("trend",)))
    of_day.delete()
    _copy(rows)


def _later_days(due: Sequence[date]) -> list[date]:
    later = MetricDay.objects.filter(day__gt=due[0]).exclude(day__in=due)
    return sorted(later.values_list("day", flat=True).distinct())


def _rows(run: _Measuring, day: date, accounts: Sequence[int], metrics: Sequence[str]) -> Iterator[Row]:
    if not accounts:
        return
    standing = standing_on(day, accounts)
    limited = {account for account, _seats in standing.seats}
    found = run.answering.ask(number_of(day), standing, run.history.table, metrics)
    for (account, metric), answer in found.items():
        yield _row(account, metric, day, answer, is_limited=account in limited)


def standing_on(day: date, accounts: Sequence[int]) -> Standing:
    """What is so on a day, of these accounts."""
    entitled = Entitled(day)
    return Standing(
        accounts=[(account,) for account in accounts],
        in_production=in_production(),
        worked=working_days(accounts, day, WINDOW_DAYS),
        entitled=entitled.modules,
        seats=entitled.seats,
        provisioned=_provisioned(day),
        live=went_live(),
    )


def _row(
    account: int, metric: str, day: date, answer: tuple[int | None, int | None, int], *, is_limited: bool
) -> Row:
    numerator, denominator, basis = answer
    if denominator is not None:
        return (account, metric, day, MetricState.KNOWN, numerator, denominator, str(BASES.get(basis, "")))
    is_unknown = metric in NOT_YET or (metric == "first_use" and is_limited)
    state = MetricState.MISSING if is_unknown else MetricState.NOT_APPLICABLE
    return (account, metric, day, state, None, None, "")


def _frozen(silent: Iterable[int], day: date) -> Iterator[Row]:
    """Of accounts that are not heard of, what was last known: it says nothing against them."""
    before = MetricDay.objects.filter(account__in=list(silent), day__lt=day)
    last = before.order_by("account_id", "metric", "-day").distinct("account_id", "metric")
    for one in last:
        state = MetricState.STALE if one.state == MetricState.KNOWN else one.state
        yield (one.account_id, one.metric, day, state, one.numerator, one.denominator, one.basis)


def _provisioned(day: date) -> list[tuple[Any, ...]]:
    """(account, people) for whom it is set up there, by what the software of each deployment said last."""
    running = list(Deployment.objects.filter(environment=Environment.PRODUCTION).exclude(external_key=""))
    told = facts_of_all(running, day, names=[SEATS_PROVISIONED])
    people: dict[int, int] = {}
    for one in running:
        said = told.get(one.pk, {}).get(SEATS_PROVISIONED)
        if isinstance(said, int) and not isinstance(said, bool) and said >= 0:
            people[one.account_id] = people.get(one.account_id, 0) + said
    return sorted(people.items())


def _copy(rows: Iterable[Row]) -> None:
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for row in rows:
            copy.write_row(tuple(str(cell) if isinstance(cell, MetricState) else cell for cell in row))
