"""The clocks of a window, read from the database as columns: a million of them in about a second.

Those that have ended are read from one index alone. What an open one has used is worked out here, at the
instant asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL
from numpy.typing import NDArray

from keepwell.calendars.compiled import working_time_by_id
from keepwell.kit.reading import read_rows
from keepwell.service_levels import clock_state
from keepwell.service_levels.consumption import BEYOND
from keepwell.service_levels.models import Clock, PolicyVersion

Columns = NDArray[np.void]
SEVERITIES = ("high", "normal", "low", "any")
# What every clock is told of in a cohort; `severity` is its place in SEVERITIES.
CLOCK = np.dtype(
    [
        ("case", "i8"),
        ("started", "f8"),  # seconds since 1970, UTC
        ("severity", "i2"),
        ("is_met", "?"),
        ("is_missed", "?"),
        ("is_corrected", "?"),
        ("entered_later", "?"),
        ("used", "f8"),
        ("is_stopped", "?"),
        ("used_without_pauses", "f8"),
    ]
)
# As it comes from the database: what is yes or no, and the severity, are bits of one number.
READ = [("case", "i8"), ("started", "f8"), ("marks", "i4"), ("used", "f8"), ("used_without_pauses", "f8")]
BITS = {"is_met": 2, "is_missed": 3, "is_corrected": 4, "entered_later": 5, "is_stopped": 6}
ENDED_SHAPE = np.dtype(READ)
OPEN_SHAPE = np.dtype(
    [
        *READ,
        ("due", "f8"),
        ("free_due", "f8"),
        ("paused", "f8"),  # below 0: it runs
        ("allowed", "i8"),
        ("paused_seconds", "i8"),
        ("calendar", "i8"),
        ("is_wall", "?"),
    ]
)
SECONDS = "extract(epoch from {})::float8"
RANK = f"array_position(ARRAY{list(SEVERITIES)}::varchar[], k.severity) - 1"
MARKS = (
    f"{RANK} + ({{is_met}})::int * 4 + ({{is_missed}})::int * 8"
    " + k.is_corrected::int * 16 + k.entered_later::int * 32 + ({is_stopped})::int * 64"
)
SHARED = f"k.case_id, {SECONDS.format('k.started_at')}"
ENDED = ", ".join(
    [
        SHARED,
        MARKS.format(
            is_met="k.state = 'met'", is_missed="k.state = 'missed'", is_stopped="k.stopped_at IS NOT NULL"
        ),
        "k.used, k.used_without_pauses",
    ]
)
IS_LATE = "k.state = 'missed' OR (k.state = 'running' AND k.due_at < %(at)s)"
OPEN = ", ".join(
    [
        SHARED,
        MARKS.format(is_met="false", is_missed=IS_LATE, is_stopped="false"),
        "0::float8, 0::float8",
        SECONDS.format("coalesce(k.due_at, k.due_kept)"),
        SECONDS.format("k.due_without_pauses"),
        f"coalesce({SECONDS.format('k.paused_at')}, -1)",
        "k.allowed_seconds, k.paused_seconds, k.calendar_version_id, k.unit = 'hours'",
    ]
)
VOID = "count(*), count(k.missed_at)"


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Whose clocks: those of one metric and these severities that started from one instant up to another.

    policy: only clocks under its versions; None for all. product, account, segment and channel are those of
    the case as they stand now; level and team as they stood when the clock was decided, or stand now. cases:
    only clocks of these (ids); None for all.
    """

    metric: str
    severities: tuple[str, ...]
    begins_at: datetime
    ends_at: datetime
    policy: int | None = None
    product: int | None = None
    account: int | None = None
    segment: str = ""
    channel: str = ""
    level: int | None = None
    team: int | None = None
    cases: tuple[int, ...] | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Cohort:
    """The clocks of a selection as of an instant, in no order; `columns` has the shape CLOCK.

    void: clocks that count for nothing; void_missed: those of them that had been missed before.
    """

    columns: Columns
    void: int = 0
    void_missed: int = 0
    as_of: datetime = field()

    def of(self, is_chosen: NDArray[np.bool_]) -> Cohort:
        """The part of its clocks for which this is true."""
        return Cohort(
            columns=self.columns[is_chosen], void=self.void, void_missed=self.void_missed, as_of=self.as_of
        )

    @property
    def is_undecided(self) -> NDArray[np.bool_]:
        return ~(self.columns["is_met"] | self.columns["is_missed"])


def cohort_of(selection: Selection, *, at: datetime) -> Cohort:
    """The clocks as they stand at an instant not before their newest entry. Three queries."""
    source, given = source_of(selection)
    given["at"] = at
    ended = _clocks(_read(f"SELECT {ENDED} {source} AND k.used IS NOT NULL", given, ENDED_SHAPE))
    still = f"{source} AND k.used IS NULL AND k.state <> '{clock_state.VOID}'"
    standing = _as_of(_read(f"SELECT {OPEN} {still}", given, OPEN_SHAPE), at)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {VOID} {source} AND k.used IS NULL AND k.state = '{clock_state.VOID}'", given)
        void, void_missed = cursor.fetchone()
    return Cohort(columns=np.concatenate([ended, standing]), void=void, void_missed=void_missed, as_of=at)


def source_of(selection: Selection) -> tuple[str, dict[str, Any]]:
    """FROM and WHERE for clocks as `k`, as narrow as the selection, and their parameters but `at`."""
    where, given = _chosen(selection)
    return f"FROM {Clock._meta.db_table} k WHERE {where.format(k='k')}", given


def is_chosen(selection: Selection, *, at: datetime) -> RawSQL:
    """The same for `Clock.objects.filter`."""
    where, given = _chosen(selection)
    given["at"] = at
    written = NAMED.sub("%s", where.format(k=connection.ops.quote_name(Clock._meta.db_table)))
    return RawSQL(written, [given[name] for name in NAMED.findall(where)], BooleanField())


NAMED = re.compile(r"%\((\w+)\)s")
# The case is read only where it decides.
OF_CASE = "{k}.case_id IN (SELECT c.id FROM keepwell_cases_case c WHERE %s)"
ASKED = {
    "product": OF_CASE % "c.product_id = %(product)s",
    "account": OF_CASE % "c.account_id = %(account)s",
    "channel": OF_CASE % "c.channel = %(channel)s",
    "segment": OF_CASE
    % "c.account_id IN (SELECT id FROM keepwell_customers_account WHERE segment = %(segment)s)",
    "cases": "{k}.case_id = ANY(%(cases)s)",
}
# Where the case stood when the clock was decided; an undecided one is where the case is.
STOOD = """(
    SELECT {stood} FROM keepwell_cases_levelstay s
     WHERE s.case_id = {{k}}.case_id AND s.entered_at <= coalesce(
           least({{k}}.stopped_at, {{k}}.missed_at), {{k}}.ended_at, %(at)s)
     ORDER BY s.entered_at DESC, s.id DESC LIMIT 1)
"""
STAYS = {"level": "s.level = %(level)s", "team": "s.team_id = %(team)s"}


def _chosen(selection: Selection) -> tuple[str, dict[str, Any]]:
    """The one place that says which clocks a selection means: conditions for `{k}`, and their parameters."""
    given: dict[str, Any] = {
        "metric": selection.metric,
        "severities": list(selection.severities),
        "begins": selection.begins_at,
        "ends": selection.ends_at,
    }
    where = [
        "{k}.metric = %(metric)s AND {k}.severity = ANY(%(severities)s)",
        "{k}.started_at >= %(begins)s AND {k}.started_at < %(ends)s",
    ]
    if selection.policy is not None:
        given["versions"] = _versions(selection.policy)
        where.append("{k}.policy_version_id = ANY(%(versions)s)")
    asked = {name: getattr(selection, name) for name in (*ASKED, *STAYS)}
    asked = {name: value for name, value in asked.items() if value not in (None, "")}
    given |= asked | ({"cases": list(selection.cases)} if selection.cases is not None else {})
    where += [ASKED[name] for name in asked if name in ASKED]
    if stood := [STAYS[name] for name in asked if name in STAYS]:
        where.append(STOOD.format(stood=" AND ".join(stood)))
    return " AND ".join(where), given


def _versions(policy: int) -> list[int]:
    return list(PolicyVersion.objects.filter(policy=policy).values_list("pk", flat=True))


def _read(query: str, given: Mapping[str, Any], shape: np.dtype[np.void]) -> Columns:
    """The rows of a query without nulls, each column of the type that the shape says.

    Each column comes whole, as PostgreSQL sends an array: row by row the driver would take most of the time.
    """
    names = shape.names or ()
    places = [f"c{place}" for place in range(len(names))]
    columns = ", ".join(f"array_send(array_agg({place}))" for place in places)
    parts = ("SELECT", columns, "FROM (", query, ") AS q(", ", ".join(places), ")")
    [sent] = read_rows(" ".join(parts), given)
    found = np.empty(_length(sent[0]), dtype=shape)
    for name, raw in zip(names, sent, strict=True):
        if raw is not None:
            found[name] = _unpacked(raw, shape[name])
    return found


# Before the values: how many dimensions, whether there are nulls, of what type, how many, and from where on.
HEADER = 20


def _length(raw: bytes | None) -> int:
    return int.from_bytes(raw[12:16], "big") if raw else 0


def _unpacked(raw: bytes, kind: np.dtype[Any]) -> NDArray[Any]:
    """The values of an array as it is sent, each with its length before it. Source: `array_send`."""
    values = np.dtype([("size", ">i4"), ("value", kind.newbyteorder(">"))])
    found: NDArray[Any] = np.frombuffer(raw, dtype=values, offset=HEADER)["value"]
    return found


def _clocks(rows: Columns) -> Columns:
    """What was read, in the shape CLOCK."""
    found = np.empty(rows.size, dtype=CLOCK)
    for name in ("case", "started", "used", "used_without_pauses"):
        found[name] = rows[name]
    found["severity"] = rows["marks"] & 3
    for name, bit in BITS.items():
        found[name] = (rows["marks"] >> bit) & 1
    return found


def _as_of(rows: Columns, at: datetime) -> Columns:
    """Open clocks with what they have used by an instant, in the shape CLOCK."""
    until = np.where(rows["paused"] >= 0, rows["paused"], at.timestamp())
    spent = np.zeros(rows.size)
    spent_freely = np.zeros(rows.size)
    allowed_freely = np.zeros(rows.size)
    for is_one, measure in _measures(rows):
        started = rows["started"][is_one]
        spent[is_one] = measure(started, until[is_one])
        spent_freely[is_one] = measure(started, np.full(started.size, at.timestamp()))
        allowed_freely[is_one] = measure(started, rows["free_due"][is_one])
    found = _clocks(rows)
    found["used"] = _parts(spent - rows["paused_seconds"], rows["allowed"], found["is_missed"])
    is_late = rows["free_due"] < at.timestamp()
    found["used_without_pauses"] = _parts(spent_freely, allowed_freely, is_late)
    return found


def _measures(rows: Columns) -> Iterable[tuple[NDArray[np.bool_], Any]]:
    """The rows that are measured alike, with what measures them: wall-clock seconds or open ones."""
    yield rows["is_wall"], _elapsed
    for calendar in np.unique(rows["calendar"][~rows["is_wall"]]):
        hours = working_time_by_id(int(calendar))
        yield ~rows["is_wall"] & (rows["calendar"] == calendar), _Open(hours)


def _elapsed(starts: NDArray[np.float64], ends: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.maximum(ends - starts, 0)


class _Open:
    """Open seconds between instants; 0 where the end lies before the start."""

    def __init__(self, hours: Any) -> None:
        self._hours = hours

    def __call__(self, starts: NDArray[np.float64], ends: NDArray[np.float64]) -> NDArray[np.float64]:
        first = np.floor(starts).astype(np.int64)
        last = np.maximum(np.floor(ends).astype(np.int64), first)
        found: NDArray[np.float64] = self._hours.open_seconds_many(first, last).astype(np.float64)
        return found


def _parts(
    spent: NDArray[np.float64], allowed: NDArray[np.float64], is_late: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """`consumption.part` for many clocks."""
    part = np.divide(spent, allowed, out=np.ones_like(spent), where=allowed > 0)
    late = np.where(allowed > 0, np.maximum(part, BEYOND), np.inf)
    found: NDArray[np.float64] = np.where(is_late, late, np.minimum(part, 1.0))
    return found
