"""The clocks of all cases of a run, kept as columns; due, paused and used as the product has it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from keepwell.service_levels.consequence import RISING, Floats, Promise
from keepwell.service_levels.consumption import part
from keepwell.service_levels.reference import REFERENCE_COMMITMENTS, CommitmentTerms
from keepwell.service_levels.terms import FOLLOW_UP, INITIAL_CONTACT, METRICS, OVERALL, RESOLUTION
from prove.queue_simulation.draws import HOURS, instant

GUIDELINES = tuple(Promise(1, one.metric, one.severity) for one in REFERENCE_COMMITMENTS)
FIRST, NEXT, SOLVED, ANY = (METRICS.index(one) for one in (INITIAL_CONTACT, FOLLOW_UP, RESOLUTION, OVERALL))
CONTACTS = (FIRST, NEXT)
NEVER = np.inf
EPOCH = instant(0)


def _commitment(metric: int, severity: int) -> int:
    """The place in REFERENCE_COMMITMENTS of what is promised a case of this severity."""
    named = METRICS[metric], "any" if metric == ANY else RISING[severity]
    return next(n for n, one in enumerate(REFERENCE_COMMITMENTS) if (one.metric, one.severity) == named)


GUIDELINE = np.array([[_commitment(metric, severity) for metric in range(4)] for severity in range(3)])
IS_WALL = np.array([one.unit == "hours" for one in REFERENCE_COMMITMENTS])


def promise_of(guideline: int) -> CommitmentTerms:
    return REFERENCE_COMMITMENTS[guideline]


@lru_cache(maxsize=200_000)
def opened(at: int) -> int:
    """Open seconds since long ago."""
    return HOURS.open_seconds(instant(_FROM), instant(at))


_FROM = 1_750_000_000


def measured(guideline: int, at: int) -> int:
    return at if IS_WALL[guideline] else opened(at)


@dataclass(frozen=True)
class Ended:
    """A clock that is no longer open."""

    guideline: int
    started: int
    is_met: bool


@dataclass(kw_only=True, eq=False)
class Clocks:
    """One row a case, one column a metric. A clock that is not open has a due of NEVER.

    parts: of their allowances that the ended ones used, by guideline. starts: guideline and instant of each.
    begun, met, late: by the month in which clocks started, how many of each guideline, and how they ended.
    """

    cases: int
    due: Floats = field(init=False)
    is_open: NDArray[np.bool_] = field(init=False)
    started: NDArray[np.int64] = field(init=False)
    measure: Floats = field(init=False)
    paused: Floats = field(init=False)
    allowed: Floats = field(init=False)
    guideline: NDArray[np.int64] = field(init=False)
    ended: list[Ended] = field(default_factory=list)
    parts: list[list[float]] = field(default_factory=lambda: [[] for _one in GUIDELINES])
    starts: list[tuple[int, int]] = field(default_factory=list)
    begun: dict[int, NDArray[np.int64]] = field(default_factory=dict)
    late: dict[int, NDArray[np.int64]] = field(default_factory=dict)
    met: dict[int, NDArray[np.int64]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shape = (self.cases, 4)
        self.due = np.full(shape, NEVER)
        self.is_open = np.zeros(shape, dtype=bool)
        self.started = np.zeros(shape, dtype=np.int64)
        self.measure, self.paused, self.allowed = np.zeros(shape), np.zeros(shape), np.ones(shape)
        self.guideline = np.zeros(shape, dtype=np.int64)

    def start(self, case: int, metric: int, severity: int, at: int) -> None:
        which = int(GUIDELINE[severity, metric])
        promised = promise_of(which)
        due = int(HOURS.due(instant(at), promised.amount, promised.unit).timestamp())
        self.is_open[case, metric] = True
        self.due[case, metric], self.started[case, metric] = due, at
        self.measure[case, metric] = measured(which, at)
        self.paused[case, metric] = 0
        self.allowed[case, metric] = measured(which, due) - measured(which, at)
        self.guideline[case, metric] = which
        self.starts.append((which, at))
        _of_month(self.begun, at)[which] += 1

    def stop(self, case: int, metric: int, at: int) -> None:
        """Stopped at its due it is met."""
        if not self.is_open[case, metric]:
            return
        which, is_late = int(self.guideline[case, metric]), bool(self.due[case, metric] < at)
        spent = measured(which, at) - self.measure[case, metric] - self.paused[case, metric]
        used = part(int(spent), int(self.allowed[case, metric]), is_late=is_late)
        started = int(self.started[case, metric])
        self.ended.append(Ended(which, started, not is_late))
        self.parts[which].append(used)
        _of_month(self.late if is_late else self.met, started)[which] += 1
        self.is_open[case, metric], self.due[case, metric] = False, NEVER

    def resume(self, case: int, paused_at: int, at: int) -> None:
        """The customer answered: what was not late when he was asked has what it had left."""
        for metric in (NEXT, SOLVED, ANY):
            if not self.is_open[case, metric] or self.due[case, metric] <= paused_at:
                continue
            which = int(self.guideline[case, metric])
            kept = instant(int(self.due[case, metric]))
            due = HOURS.resume(instant(paused_at), instant(at), kept, promise_of(which).unit)
            self.due[case, metric] = due.timestamp()
            self.paused[case, metric] += measured(which, at) - measured(which, paused_at)
            spent = measured(which, int(due.timestamp())) - self.measure[case, metric]
            self.allowed[case, metric] = spent - self.paused[case, metric]

    def used(self, cases: NDArray[np.int64], at: int) -> Floats:
        """Parts of the allowances, of clocks that run; beyond 1 where they are late. Shape (cases, 4)."""
        now = np.where(IS_WALL[self.guideline[cases]], at, opened(at))
        return (now - self.measure[cases] - self.paused[cases]) / np.maximum(self.allowed[cases], 1.0)


def month_of(at: int) -> int:
    """The local month an instant lies in, counted from the year 0."""
    return _month_of_hour(at // 3600)


@lru_cache(maxsize=20_000)
def _month_of_hour(hour: int) -> int:
    local = instant(hour * 3600).astimezone(HOURS.zone)
    return local.year * 12 + local.month


def _of_month(counts: dict[int, NDArray[np.int64]], at: int) -> NDArray[np.int64]:
    """By guideline, to be counted up."""
    return counts.setdefault(month_of(at), np.zeros(len(GUIDELINES), dtype=np.int64))
