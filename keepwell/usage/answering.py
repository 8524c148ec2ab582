"""Metrics of a day from an engine: what they are given is laid out, and all of them are asked in one go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from keepwell.kit import heavy
from keepwell.usage.metrics import METRICS, Given
from keepwell.usage.metrics import given as tables
from keepwell.usage.metrics.active import active_28
from keepwell.usage.metrics.trend import NO_BASIS
from keepwell.usage.parquet import table_of

Rows = Sequence[tuple[Any, ...]]
Answers = dict[tuple[int, str], tuple[int | None, int | None, int]]

# (account, number of the day, who was active in the 28 days that ended with it).
PAST = {"account_id": "int64", "day": "int64", "active": "int64"}
COLUMNS: Mapping[str, dict[str, str]] = {
    "accounts": tables.ACCOUNTS,
    "in_production": tables.IN_PRODUCTION,
    "worked": tables.WORKED,
    "entitled": tables.ENTITLED,
    "seats": tables.SEATS,
    "provisioned": tables.PROVISIONED,
    "live": tables.LIVE,
}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What is so on a day, as rows of the tables in `metrics.given`; `accounts` are those asked about.

    Days of `worked` and `live` are numbers of days here.
    """

    accounts: Rows
    in_production: Rows
    worked: Rows
    entitled: Rows
    seats: Rows
    provisioned: Rows
    live: Rows


class Answering:
    """One engine with the counts of all days (an expression with `parquet.COUNT`), asked for many days.

    What is asked is the same for each day. DuckDB is told the query once: to write it takes several times as
    long as to answer it.
    """

    def __init__(self, con: Any, counts: Any) -> None:
        self._con, self._counts = con, counts
        self._written: dict[tuple[str, ...], str] = {}

    def ask(self, on: int, standing: Standing, past: Any, metrics: Iterable[str] = tuple(METRICS)) -> Answers:
        """The metrics of the day with this number; `past` is an Arrow table (PAST), of which what lies before
        the day is looked at."""
        wanted, laid = tuple(metrics), laid_out(on, standing, past)
        counts = told_from(on, self._counts)
        if self._con.name != "duckdb":
            given = {name: heavy.ibis().memtable(table) for name, table in laid.items()}
            return self._read(self._con.to_pyarrow(asked(given_of(counts, given), wanted)).to_pylist())
        for name, table in laid.items():
            self._con.con.register(name, table)
        self._con.create_view("told", counts, overwrite=True)
        cursor = self._con.raw_sql(self._query(wanted, laid))
        names = [column[0] for column in cursor.description]
        return self._read(dict(zip(names, row, strict=True)) for row in cursor.fetchall())

    def _query(self, wanted: tuple[str, ...], laid: Mapping[str, Any]) -> str:
        if wanted not in self._written:
            given = {name: self._con.table(name) for name in laid}
            self._written[wanted] = self._con.compile(asked(given_of(self._con.table("told"), given), wanted))
        return self._written[wanted]

    def _read(self, rows: Iterable[Mapping[str, Any]]) -> Answers:
        return {
            (row["account_id"], row["metric"]): (row["numerator"], row["denominator"], row["basis"])
            for row in rows
        }


def laid_out(on: int, standing: Standing, past: Any) -> dict[str, Any]:
    """Everything but the counts as Arrow tables by name, told from the day."""
    told = replace(
        standing,
        worked=[(account, on - day) for account, day in standing.worked],
        live=[(account, on - day) for account, day in standing.live],
    )
    laid = {name: table_of(columns, getattr(told, name)) for name, columns in COLUMNS.items()}
    compute = heavy.pyarrow().compute
    before = past.filter(compute.less(past["day"], on))
    ago = compute.subtract(heavy.pyarrow().scalar(on, "int64"), before["day"])
    laid["before"] = before.set_column(1, "ago", ago)
    return laid


def told_from(on: int, counts: Any) -> Any:
    """The counts up to the day, with how many days ago each was."""
    known = counts.filter(counts.day <= on)
    return known.mutate(ago=heavy.ibis().literal(on, "int64") - known.day).select(*tables.COUNTS)


def given_of(counts: Any, laid: Mapping[str, Any]) -> Given:
    """What metrics are given. History ends before the day: the day itself is added."""
    others = {name: laid[name] for name in COLUMNS}
    given = Given(counts=counts, history=laid["before"], **others)
    today = active_28(given).select("account_id", ago=heavy.ibis().literal(0, "int64"), active="numerator")
    return replace(given, history=laid["before"].select(*tables.HISTORY).union(today))


def asked(given: Given, metrics: Iterable[str] = tuple(METRICS)) -> Any:
    """One expression for all of these metrics: metric, account_id, numerator, denominator, basis."""
    ibis = heavy.ibis()
    parts = [_with_basis(METRICS[name](given)).mutate(metric=ibis.literal(name)) for name in metrics]
    return parts[0] if len(parts) == 1 else ibis.union(*parts)


def _with_basis(answer: Any) -> Any:
    basis = answer.basis if "basis" in answer.columns else heavy.ibis().literal(NO_BASIS)
    return answer.select("account_id", "numerator", "denominator", basis=basis.cast("int64"))
