"""The counted figures of a guideline in a window, from the clocks told again. Nothing from keepwell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from math import ceil, sqrt
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from prove.recount.from_entries import METRICS, SEVERITIES, STATES, Extract
from prove.recount.hours import second_of

Z = 1.959963984540054
YEAR = 364 * 86_400
HOUR = 3600
WEEK = 7 * 24 * HOUR
MONTHS = {"month": 1, "quarter": 3, "year": 12}
MET, MISSED, UNDECIDED, VOID = (STATES.index(name) for name in ("met", "missed", "undecided", "void"))
GUIDELINES = """
    SELECT DISTINCT ON (g.id) g.id, g.name, v.metric, v.severity, v.policy_id, v.product_id, v.segment,
           v.channel, v."window", v.rolling_days
      FROM keepwell_service_levels_guideline g
      JOIN keepwell_service_levels_guidelineversion v ON v.guideline_id = g.id
     WHERE g.ended_at IS NULL
     ORDER BY g.id, v.number DESC
"""
NARROWED = """
    SELECT c.id FROM keepwell_cases_case c LEFT JOIN keepwell_customers_account a ON a.id = c.account_id
     WHERE (%(product)s::bigint IS NULL OR c.product_id = %(product)s)
       AND (%(segment)s = '' OR a.segment = %(segment)s) AND (%(channel)s = '' OR c.channel = %(channel)s)
"""


class Guideline(NamedTuple):
    id: int
    name: str
    metric: str
    severity: str
    policy: int
    product: int | None
    segment: str
    channel: str
    window: str
    rolling_days: int

    @property
    def is_published(self) -> bool:
        """About all cases of a severity, by the month."""
        return not (self.product or self.segment or self.channel) and self.window == "month"


@dataclass(frozen=True, kw_only=True)
class Window:
    """From an instant up to another, and the local date of its last day."""

    begins: int
    ends: int
    last: date


@dataclass(frozen=True, kw_only=True, eq=False)
class Counted:
    """A guideline's clocks in a window, without the void ones; `coming`: means by hour of the week."""

    guideline: Guideline
    window: Window
    clocks: NDArray[np.void]
    year: NDArray[np.void]
    all_severities: NDArray[np.void]
    without_later: NDArray[np.void]
    coming: list[Fraction]
    objective: Fraction
    zone: ZoneInfo
    figures: dict[str, Any]
    every_severity: NDArray[np.void]


def guidelines_of(connection: Any) -> list[Guideline]:
    return [Guideline(*row) for row in connection.execute(GUIDELINES)]


def windows_of(extract: Extract, guideline: Guideline) -> list[Window]:
    """The present one, and the one before."""
    zone = extract.promises.hours_of(guideline.policy, extract.at).zone
    today = datetime.fromtimestamp(extract.at, zone).date()
    if guideline.window == "rolling":
        length = timedelta(days=guideline.rolling_days)
        edges = [today + timedelta(days=1) - length * back for back in range(3)]
    else:
        length_in_months = MONTHS[guideline.window]
        now = (today.year * 12 + today.month - 1) // length_in_months * length_in_months
        edges = [
            date(month // 12, month % 12 + 1, 1)
            for month in (now + length_in_months, now, now - length_in_months)
        ]
    instants = [second_of(datetime.combine(edge, time(), zone)) for edge in edges]
    return [
        Window(begins=instants[place + 1], ends=instants[place], last=edges[place] - timedelta(days=1))
        for place in (0, 1)
    ]


class Counting:
    """Counts guidelines over one extract."""

    def __init__(self, connection: Any, extract: Extract) -> None:
        self._connection, self._extract = connection, extract

    def counted(self, guideline: Guideline, window: Window) -> Counted:
        at = self._extract.at
        of_metric = self._of_metric(self._extract.clocks, guideline)
        there = _there(of_metric, guideline, window)
        counting = there[there["state"] != VOID]
        without_later = _there(self._of_metric(self._extract.without_later, guideline), guideline, window)
        of_year = _started(of_metric, at - YEAR, at)
        of_year = of_year[of_year["state"] != VOID]
        year = of_year[of_year["severity"] == SEVERITIES.index(guideline.severity)]
        coming = self._coming(guideline, year, window)
        promises = self._extract.promises
        objective = promises.objective(
            guideline.policy, guideline.metric, guideline.severity, min(at, window.ends)
        )
        figures = dict(_counts(there, counting))
        figures |= dict(_shares(counting))
        figures |= dict(_budget(figures, objective, sum(coming), _gone(window, at)))
        return Counted(
            guideline=guideline,
            window=window,
            clocks=counting,
            year=year,
            all_severities=of_year,
            without_later=without_later[without_later["state"] != VOID],
            coming=coming,
            objective=objective,
            zone=promises.hours_of(guideline.policy, at).zone,
            figures=figures,
            every_severity=_started(of_metric, window.begins, window.ends),
        )

    def _of_metric(self, clocks: NDArray[np.void], guideline: Guideline) -> NDArray[np.void]:
        is_own = (clocks["metric"] == METRICS.index(guideline.metric)) & (
            clocks["policy"] == guideline.policy
        )
        if guideline.product or guideline.segment or guideline.channel:
            rows = self._connection.execute(NARROWED, guideline._asdict())
            is_own &= np.isin(clocks["case"], [case for (case,) in rows])
        return clocks[is_own]

    def _coming(self, guideline: Guideline, year: NDArray[np.void], window: Window) -> list[Fraction]:
        """How many clocks start in each hour of the week until the window ends, as they did in the year."""
        at = self._extract.at
        if at >= window.ends or not year.size:
            return []
        zone = self._extract.promises.hours_of(guideline.policy, at).zone
        weeks = max(Fraction(at - int(year["started"].min()), WEEK), Fraction(1))
        started = np.bincount(
            [_hour_of_week(int(second), zone) for second in year["started"] // HOUR * HOUR], minlength=168
        )
        first = max(at, window.begins)
        edges = [first, *range((first // HOUR + 1) * HOUR, window.ends, HOUR), window.ends]
        means = [Fraction(0)] * 168
        for begins, ends in zip(edges, edges[1:], strict=False):
            place = _hour_of_week(begins, zone)
            means[place] += int(started[place]) / weeks * Fraction(ends - begins, HOUR)
        return [mean for mean in means if mean]


def wilson(kept: int, of: int) -> tuple[float, float]:
    """Wilson's interval: the shares from which this count lies 1.96 standard errors away."""
    middle, reach = kept + Z * Z / 2, Z * sqrt(kept * (of - kept) / of + Z * Z / 4)
    return max(0.0, (middle - reach) / (of + Z * Z)), min(1.0, (middle + reach) / (of + Z * Z))


def _hour_of_week(second: int, zone: Any) -> int:
    local = datetime.fromtimestamp(second, zone)
    return local.weekday() * 24 + local.hour


def _started(clocks: NDArray[np.void], begins: int, ends: int) -> NDArray[np.void]:
    return clocks[(clocks["started"] >= begins) & (clocks["started"] < ends)]


def _there(clocks: NDArray[np.void], guideline: Guideline, window: Window) -> NDArray[np.void]:
    """Those of the guideline's severity that started in the window."""
    own = clocks[clocks["severity"] == SEVERITIES.index(guideline.severity)]
    return _started(own, window.begins, window.ends)


def _counts(there: NDArray[np.void], counting: NDArray[np.void]) -> Iterator[tuple[str, int]]:
    yield "clocks", len(counting)
    for name, state in (("met", MET), ("missed", MISSED), ("undecided", UNDECIDED)):
        yield name, int((counting["state"] == state).sum())
    void = there[there["state"] == VOID]
    yield "void", len(void)
    yield "void_missed", int(void["is_missed"].sum())
    yield "corrected", int(counting["is_corrected"].sum())
    yield "entered_later", int(counting["entered_later"].sum())
    yield "cases", len(set(counting["case"].tolist()))


def _shares(clocks: NDArray[np.void]) -> Iterator[tuple[str, float | None]]:
    met, missed = clocks["state"] == MET, clocks["state"] == MISSED
    stopped = clocks["is_stopped"]
    cases = set(clocks["case"].tolist())
    kept_cases = cases - set(clocks["case"][missed].tolist())
    told = {
        "decided": (met.sum(), (met | missed).sum()),
        "cases_without_miss": (len(kept_cases), len(cases)),
        "naive_of_resolved": ((met & stopped).sum(), stopped.sum()),
        "naive_open_as_kept": ((~missed).sum(), len(clocks)),
        "naive_of_all": (met.sum(), len(clocks)),
    }
    for name, (count, of) in told.items():
        yield name, int(count) / int(of) if of else None
        if not name.startswith("naive"):
            low, high = wilson(int(count), int(of)) if of else (None, None)
            yield f"{name}_low", low
            yield f"{name}_high", high


def _gone(window: Window, at: int) -> Fraction:
    whole = window.ends - window.begins
    return Fraction(min(max(at - window.begins, 1), whole), whole)


def _budget(
    counted: dict[str, Any], objective: Fraction, coming: Fraction | int, gone: Fraction
) -> Iterator[tuple[str, Any]]:
    so_far, spent = counted["clocks"], counted["missed"]
    expected = so_far + round(coming)
    allowed = expected - ceil(expected * objective)
    yield "objective", objective
    yield "expected", expected
    yield "allowed", allowed
    yield "allowed_so_far", so_far - ceil(so_far * objective)
    yield "spent", spent
    yield "left", allowed - spent
    yield "burn", Fraction(spent, allowed) / gone if allowed else None
    yield "gone", gone
