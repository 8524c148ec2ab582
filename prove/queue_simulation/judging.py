"""What each way to choose came to, and how far the first is ahead of the others."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

from keepwell.service_levels.budget import must_be_met
from keepwell.service_levels.consequence import RISING
from prove.queue_simulation.clocks import GUIDELINES, month_of, promise_of
from prove.queue_simulation.desk import Desk
from prove.queue_simulation.draws import WEEK_SECONDS, Rules, begin_of, drawn_cases, weeks_of
from prove.queue_simulation.ways import ByConsequence, earliest_due, first_come

PROCESSES = 2
OURS = "by_consequence"
OTHERS = ("earliest_due", "first_come")
# Student's two-sided 95 % point by degrees of freedom, of which there are as many as seeds, less one.
STUDENT = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 9: 2.262, 14: 2.145, 19: 2.093, 29: 2.045}
DAY = 86_400


@dataclass(frozen=True, kw_only=True)
class Came:
    """One run of one way. kept: percent of the clocks of each guideline that started in the weeks counted.

    held: of how many whole months of guidelines the objective was met, of how many. silences: by severity,
    parts of the allowance of its contact after which a customer heard from us. undecided: clocks left out.
    """

    kept: list[float]
    clocks: list[int]
    held: tuple[int, int]
    silences: dict[str, list[float]]
    waiting: int
    undecided: int


def judge(rules: Rules, *, first_seed: int, seeds: int) -> dict[str, Any]:
    """By load: what each way kept, and the gains."""
    jobs = [(rules, load, first_seed + n) for load in rules["runs"]["loads"] for n in range(seeds)]
    with ProcessPoolExecutor(PROCESSES) as pool:
        found = list(pool.map(_run, jobs))
    return {
        str(load): _load([came for job, came in zip(jobs, found, strict=True) if job[1] == load])
        for load in rules["runs"]["loads"]
    }


def _run(job: tuple[Rules, float, int]) -> dict[str, Came]:
    rules, load, seed = job
    draw = np.random.default_rng([seed, round(load * 1000)])
    desk = Desk(rules=rules, cases=drawn_cases(rules, load, draw), choose=earliest_due)
    begins, _ends = counted_span(rules)
    desk.run(begins)
    ways = {OURS: ByConsequence(), "earliest_due": earliest_due, "first_come": first_come}
    return {name: _went_on(desk, way) for name, way in ways.items()}


def counted_span(rules: Rules) -> tuple[int, int]:
    begins = begin_of(rules) + rules["desk"]["weeks_before"] * WEEK_SECONDS
    return begins, begins + rules["desk"]["weeks_measured"] * WEEK_SECONDS


def _went_on(before: Desk, way: Any) -> Came:
    desk = copy.deepcopy(before)
    desk.choose = way
    ends = begin_of(desk.rules) + weeks_of(desk.rules) * WEEK_SECONDS
    desk.run(ends)
    begins, until = counted_span(desk.rules)
    met, all_of, undecided = _counts(desk, begins, until, ends)
    return Came(
        kept=[100.0 * hits / max(of, 1) for hits, of in zip(met, all_of, strict=True)],
        clocks=[int(of) for of in all_of],
        held=_held(desk, begins, until),
        silences=_silences(desk, begins),
        waiting=int(desk.waiting.sum()),
        undecided=undecided,
    )


def _counts(desk: Desk, begins: int, until: int, ends: int) -> tuple[Any, Any, int]:
    """By guideline: the clocks that were met, and all that are decided; and how many are not."""
    clocks, number = desk.clocks, len(GUIDELINES)
    met = [one.guideline for one in clocks.ended if one.is_met and begins <= one.started < until]
    started = [which for which, at in clocks.starts if begins <= at < until]
    is_left = clocks.is_open & (clocks.started >= begins) & (clocks.started < until) & (clocks.due >= ends)
    left = np.bincount(clocks.guideline[is_left], minlength=number)
    return (
        np.bincount(met, minlength=number),
        np.bincount(started, minlength=number) - left,
        int(left.sum()),
    )


def _held(desk: Desk, begins: int, until: int) -> tuple[int, int]:
    """Whole months within the weeks counted."""
    months = sorted({month_of(at) for at in range(begins, until, DAY)})[1:-1]
    held = of = 0
    for month in months:
        started, met = (counts.get(month) for counts in (desk.clocks.begun, desk.clocks.met))
        for n in range(len(GUIDELINES)):
            clocks = int(started[n]) if started is not None else 0
            of += clocks > 0
            kept = int(met[n]) if met is not None else 0
            held += clocks > 0 and kept >= must_be_met(clocks, promise_of(n).objective)
    return held, of


def _silences(desk: Desk, begins: int) -> dict[str, list[float]]:
    asked = desk.rules["reported"]["quantiles"]
    found = {}
    for place, name in enumerate(RISING):
        own = [used for severity, used, at in desk.silences if severity == place and at >= begins]
        found[name] = [float(one) for one in np.quantile(own or [0.0], asked)]
    return found


def _load(found: Sequence[Mapping[str, Came]]) -> dict[str, Any]:
    names = [f"{promise.metric} {promise.severity}" for promise in GUIDELINES]
    return {
        "clocks": dict(zip(names, _means([run[OURS].clocks for run in found]), strict=True)),
        "kept_percent": {
            way: dict(zip(names, _means([run[way].kept for run in found]), strict=True))
            for way in (OURS, *OTHERS)
        },
        "gain_points_over": {other: _gains(found, other, names) for other in OTHERS},
        "beside": {way: _beside([run[way] for run in found]) for way in (OURS, *OTHERS)},
    }


def _means(rows: Sequence[Sequence[float]]) -> list[float]:
    return [round(float(mean), 2) for mean in np.mean(rows, axis=0)]


def _gains(found: Sequence[Mapping[str, Came]], other: str, names: list[str]) -> dict[str, list[float]]:
    """Mean, lower and upper end of its 95 % interval; the last is the mean over all guidelines."""
    gains = np.array([np.subtract(run[OURS].kept, run[other].kept) for run in found])
    columns = np.column_stack([gains, gains.mean(axis=1)])
    return {name: _interval(columns[:, n]) for n, name in enumerate([*names, "mean of all"])}


def _interval(values: Any) -> list[float]:
    mean = float(np.mean(values))
    reach = STUDENT[len(values) - 1] * float(np.std(values, ddof=1)) / sqrt(len(values))
    return [round(mean, 2), round(mean - reach, 2), round(mean + reach, 2)]


def _beside(runs: Sequence[Came]) -> dict[str, Any]:
    return {
        "guideline_months_held": round(float(np.mean([run.held[0] for run in runs])), 2),
        "guideline_months": round(float(np.mean([run.held[1] for run in runs])), 2),
        "silence_quantiles": {name: _means([run.silences[name] for run in runs]) for name in RISING},
        "waiting_at_the_end": round(float(np.mean([run.waiting for run in runs])), 1),
        "undecided_left_out": round(float(np.mean([run.undecided for run in runs])), 2),
    }
