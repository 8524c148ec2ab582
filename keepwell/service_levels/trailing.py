"""What the year before an instant says of clocks that are still open, and of those still to start. Pure.

Clocks of the trailing year give the curve of their severity, the share that will be kept, how much weeks
differ, and how many start in an hour of each weekday.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from keepwell.service_levels.attainment import USED
from keepwell.service_levels.cohorts import Cohort, Columns
from keepwell.service_levels.outlook import (
    Arrivals,
    Outlook,
    outlook,
    share_variance,
    weekly_spread,
)
from keepwell.service_levels.survival import Curve, Estimate, curve_of_counts, together
from keepwell.service_levels.windows import Window

YEAR = timedelta(days=364)  # whole weeks
WEEK_SECONDS = 7 * 86_400
HOUR_SECONDS = 3600
# With fewer clocks of a severity in the year, all severities speak for it.
FEW = 30
# Into how many parts an allowance is divided to keep a year: a part of a day's allowance is 43 seconds.
PARTS = 2000


@dataclass(frozen=True, kw_only=True)
class Trailing:
    """A year of clocks as of its end: small enough to be kept, whatever the number of clocks.

    stopped, still_open: by the place of a severity in SEVERITIES, how many clocks stopped, or are open, in
    each part of the allowance: index k is up to k / PARTS of it, the last is beyond the due. by_hour: how
    many start in each hour of the local week, 168 means from Monday midnight on. dispersion, between_weeks:
    see `weekly_spread`. all_stopped, all_still_open: counts of all severities together, which speak for these
    clocks where they are few; empty where they are not, and in a year kept before it told of them.
    """

    stopped: dict[int, list[int]]
    still_open: dict[int, list[int]]
    by_hour: list[float]
    dispersion: float
    between_weeks: float
    all_stopped: list[int] = field(default_factory=list)
    all_still_open: list[int] = field(default_factory=list)

    @cached_property
    def curves(self) -> dict[int, Curve]:
        return {
            severity: _curve(self.stopped[severity], self.still_open[severity]) for severity in self.stopped
        }

    @cached_property
    def pooled(self) -> Curve:
        if self.all_stopped:
            return _curve(self.all_stopped, self.all_still_open)
        rows = [self.stopped.values(), self.still_open.values()]
        stopped, still_open = (np.sum(list(row), axis=0) if row else np.zeros(PARTS + 2) for row in rows)
        return _curve(stopped, still_open)

    @cached_property
    def kept(self) -> Estimate | None:
        return together(list(self.curves.values()))

    def curve_for(self, severity: int) -> Curve:
        """What speaks for an open clock of this severity (its place in SEVERITIES)."""
        own = self.curves.get(severity)
        return own if own is not None and own.size >= FEW else self.pooled


# Where the year is not asked: nothing is expected to start.
NO_YEAR = Trailing(stopped={}, still_open={}, by_hour=[0.0] * 168, dispersion=1.0, between_weeks=0.0)


def trailing_of(cohort: Cohort, zone: tzinfo, *, everybody: Cohort | None = None) -> Trailing:
    """everybody: the clocks of all severities, where those of the cohort are few."""
    clocks = cohort.columns
    stopped, still_open = {}, {}
    for severity in map(int, np.flatnonzero(np.bincount(clocks["severity"]))):
        own = clocks[clocks["severity"] == severity]
        stopped[severity], still_open[severity] = _by_part(own)
    all_stopped, all_still_open = _by_part(everybody.columns) if everybody else ([], [])
    dispersion, between = _weeks(clocks, cohort.as_of)
    return Trailing(
        stopped=stopped,
        still_open=still_open,
        by_hour=_by_hour(clocks, zone, cohort.as_of),
        dispersion=dispersion,
        between_weeks=between,
        all_stopped=all_stopped,
        all_still_open=all_still_open,
    )


def _by_part(clocks: Columns) -> tuple[list[int], list[int]]:
    """How many stopped, and how many are open, in each part of their allowance."""
    part = np.minimum(np.ceil(np.minimum(clocks[USED], 2.0) * PARTS), PARTS + 1).astype(np.int64)
    return _counts(part[clocks["is_stopped"]]), _counts(part[~clocks["is_stopped"]])


def _counts(parts: NDArray[np.int64]) -> list[int]:
    return [int(count) for count in np.bincount(parts, minlength=PARTS + 2)]


def _curve(stopped: ArrayLike, still_open: ArrayLike) -> Curve:
    return curve_of_counts(np.arange(PARTS + 2) / PARTS, stopped, still_open)


def expected_to_start(trailing: Trailing, window: Window, at: datetime) -> float:
    """How many clocks start between an instant and the window's end, by weekday and hour. A mean."""
    places, parts = _hours_of_week(window, at)
    return float(np.asarray(trailing.by_hour)[places] @ parts)


def outlook_of(cohort: Cohort, trailing: Trailing, *, window: Window, objective: Decimal) -> Outlook | None:
    """Whether the cohort will have met its objective when all its clocks are decided.

    None where there is no clock, and none to come that the year knows of.
    """
    clocks = cohort.columns
    still_open = clocks[cohort.is_undecided]
    chances = np.empty(still_open.size)
    for severity in np.flatnonzero(np.bincount(still_open["severity"])):
        own = still_open["severity"] == severity
        chances[own] = trailing.curve_for(int(severity)).chance_to_be_kept(still_open[USED][own])
    return outlook(
        met=int(clocks["is_met"].sum()),
        missed=int(clocks["is_missed"].sum()),
        chances=chances,
        arrivals=_arrivals(trailing, window, cohort.as_of),
        objective=objective,
    )


def _arrivals(trailing: Trailing, window: Window, at: datetime) -> Arrivals:
    expected = 0.0 if window.is_over(at) else expected_to_start(trailing, window, at)
    if trailing.kept is None or expected == 0:
        return Arrivals(expected=0.0, share=1.0)
    weeks_left = max((window.ends_at - at) / timedelta(weeks=1), 0.0)
    return Arrivals(
        expected=expected,
        share=trailing.kept.share,
        variance=share_variance(
            greenwood=trailing.kept.variance,
            dispersion=trailing.dispersion,
            between_weeks=trailing.between_weeks,
            weeks_left=weeks_left,
        ),
    )


def _weeks(clocks: Columns, at: datetime) -> tuple[float, float]:
    """By the weeks before the last: their clocks had time to be decided."""
    week = ((at.timestamp() - clocks["started"]) // WEEK_SECONDS).astype(int)
    decided = (clocks["is_met"] | clocks["is_missed"]) & (week >= 1)
    sizes = np.bincount(week[decided], minlength=1)
    kept = np.bincount(week[decided & clocks["is_met"]], minlength=sizes.size)
    return weekly_spread(kept, sizes)


def _by_hour(clocks: Columns, zone: tzinfo, at: datetime) -> list[float]:
    if clocks.size == 0:
        return [0.0] * 168
    weeks = max((at.timestamp() - float(clocks["started"].min())) / WEEK_SECONDS, 1.0)
    hours, counts = np.unique(clocks["started"] // HOUR_SECONDS, return_counts=True)
    places = _places(hours * HOUR_SECONDS, zone)
    return [float(mean) for mean in np.bincount(places, weights=counts, minlength=168) / weeks]


def _hours_of_week(window: Window, at: datetime) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The hours between an instant and the window's end: the place of each in the local week, and how much
    of it lies between them, as a part of one."""
    first, last = max(at.timestamp(), window.begins_at.timestamp()), window.ends_at.timestamp()
    begins = np.arange(first // HOUR_SECONDS * HOUR_SECONDS, last, HOUR_SECONDS)
    parts = (np.minimum(begins + HOUR_SECONDS, last) - np.maximum(begins, first)) / HOUR_SECONDS
    return _places(begins, window.zone), parts


def _places(hours: NDArray[np.float64], zone: tzinfo) -> NDArray[np.int64]:
    """The places of these hours, seconds since 1970, in the local week."""
    local = [datetime.fromtimestamp(int(hour), zone) for hour in hours]
    return np.array([each.weekday() * 24 + each.hour for each in local], dtype=np.int64)
