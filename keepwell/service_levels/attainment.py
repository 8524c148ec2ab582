"""The share of a cohort that met its promise, with everything that is printed beside it. Pure.

Rule: "Attainment of a cohort" in the design of service levels. N counts met, missed and undecided clocks;
void ones are left out and shown. The headline never drops an open clock nor counts it as kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from keepwell.service_levels.cohorts import Cohort, Columns
from keepwell.service_levels.survival import Curve, Estimate, kaplan_meier, together, wilson

USED, FREELY = "used", "used_without_pauses"


@dataclass(frozen=True, kw_only=True)
class Share:
    """A counted share with Wilson's interval; `of` may be 0, then the interval is all of 0..1."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.count, self.of)


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What a cohort consists of. `corrected` and `entered_later` are parts of met, missed and undecided."""

    met: int
    missed: int
    undecided: int
    void: int
    void_missed: int
    corrected: int
    entered_later: int

    @property
    def clocks(self) -> int:
        """N: what counts."""
        return self.met + self.missed + self.undecided

    @property
    def decided(self) -> Share:
        """Too favourable while clocks are open: the quick ones are decided first."""
        return Share(count=self.met, of=self.met + self.missed)


@dataclass(frozen=True, kw_only=True)
class Naive:
    """What other desks print of the same clocks; each is wrong in its own way, and all but the last too high.

    of_resolved: of the cases that are resolved, those in time: what is open is left out, however late.
    open_as_kept: what is open and not late yet counts as kept. of_all: what is open counts as not kept.
    """

    of_resolved: Share
    open_as_kept: Share
    of_all: Share


@dataclass(frozen=True, kw_only=True, eq=False)
class Attainment:
    """A cohort's figures. `kept` is the headline, None where there is no clock; `curves` by severity.

    without_pauses: the same estimate as if no clock had ever stood still. cases_without_miss: of the cases
    with such a clock, those of which none is missed; it says more than the share where a case has many runs.
    """

    counts: Counts
    kept: Estimate | None
    curves: dict[int, Curve]
    without_pauses: Estimate | None
    cases_without_miss: Share
    naive: Naive


def attainment_of(cohort: Cohort) -> Attainment:
    clocks = cohort.columns
    return Attainment(
        counts=counts_of(cohort),
        kept=together(list((curves := curves_of(clocks, USED)).values())),
        curves=curves,
        without_pauses=together(list(curves_of(clocks, FREELY).values())),
        cases_without_miss=_cases(clocks),
        naive=_naive(clocks),
    )


def counts_of(cohort: Cohort) -> Counts:
    clocks = cohort.columns
    met, missed = int(clocks["is_met"].sum()), int(clocks["is_missed"].sum())
    return Counts(
        met=met,
        missed=missed,
        undecided=clocks.size - met - missed,
        void=cohort.void,
        void_missed=cohort.void_missed,
        corrected=int(clocks["is_corrected"].sum()),
        entered_later=int(clocks["entered_later"].sum()),
    )


def curves_of(clocks: Columns, measure: str) -> dict[int, Curve]:
    """The curve of each severity that has clocks, by its place in SEVERITIES."""
    found = {}
    for severity in np.flatnonzero(np.bincount(clocks["severity"])):
        own = clocks[clocks["severity"] == severity]
        found[int(severity)] = kaplan_meier(own[measure], own["is_stopped"])
    return found


def _cases(clocks: Columns) -> Share:
    cases = _distinct(clocks["case"])
    late = _distinct(clocks["case"][clocks["is_missed"]])
    return Share(count=cases - late, of=cases)


def _distinct(cases: NDArray[np.int64]) -> int:
    """By sorting: for whole numbers `np.unique` takes ten times as long."""
    ordered = np.sort(cases)
    return int(ordered.size > 0) + int(np.count_nonzero(np.diff(ordered)))


def _naive(clocks: Columns) -> Naive:
    met, missed = clocks["is_met"], clocks["is_missed"]
    stopped = clocks["is_stopped"]
    return Naive(
        of_resolved=Share(count=_number(met & stopped), of=_number(stopped)),
        open_as_kept=Share(count=_number(~missed), of=clocks.size),
        of_all=Share(count=_number(met), of=clocks.size),
    )


def _number(is_so: NDArray[np.bool_]) -> int:
    return int(is_so.sum())
