"""Windows that end now: every figure of the page beside the truth that the window was drawn from."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

import numpy as np

from keepwell.service_levels.judging import TOO_FEW, verdict
from keepwell.service_levels.survival import kaplan_meier, wilson
from prove.known_truth.desks import HOURS_A_DAY, Rules, as_seen, durations, starts_in, true_share


class Told:
    """A figure over many windows: how often its interval held the truth, and how far off it was."""

    def __init__(self) -> None:
        self.errors: list[float] = []
        self.held: list[bool] = []

    def add(self, share: float, low: float, high: float, truth: float) -> None:
        self.errors.append(share - truth)
        self.held.append(low <= truth <= high)

    def summary(self) -> dict[str, float]:
        errors = np.array(self.errors) * 100
        return {
            "bias_points": round(float(errors.mean()), 3),
            "bias_standard_error": round(float(errors.std(ddof=1) / len(errors) ** 0.5), 3),
            "coverage": round(float(np.mean(self.held)), 4),
        }


def judge_windows(parameters: Rules) -> dict[str, Any]:
    truth, wanted = parameters["truth"], parameters["attainment"]
    draw = np.random.default_rng(wanted["seed"])
    found = {days: _windows(days, wanted["runs"], truth, draw) for days in wanted["window_days"]}
    headline = {days: found[days]["headline"] for days in wanted["held_at_days"]}
    wrong = [
        f"{days} days: {one}"
        for days, one in headline.items()
        if not wanted["coverage_from"] <= one["coverage"] <= wanted["coverage_to"]
        or abs(one["bias_points"]) >= wanted["bias_points"]
    ]
    return {"true_share": round(true_share(truth), 5), "windows": found, "wrong": wrong}


def judge_degraded(parameters: Rules) -> dict[str, Any]:
    truth, wanted = parameters["truth"], parameters["degraded"]
    draw = np.random.default_rng(wanted["seed"])
    good, bad = true_share(truth), true_share(truth, wanted["quick_share"])
    part = wanted["last_days"] / wanted["window_days"]
    turned = (wanted["window_days"] - wanted["last_days"]) * HOURS_A_DAY
    share = (1 - part) * good + part * bad

    def quick(starts: np.ndarray) -> np.ndarray:
        return np.where(starts >= turned, wanted["quick_share"], truth["quick_share"])

    return {
        "true_share": round(share, 5),
        **_windows(wanted["window_days"], wanted["runs"], truth, draw, quick=quick, share=share),
    }


def _windows(
    days: int,
    runs: int,
    truth: Rules,
    draw: np.random.Generator,
    quick: Any = None,
    share: float | None = None,
) -> dict[str, Any]:
    real = true_share(truth) if share is None else share
    figures: dict[str, Told] = defaultdict(Told)
    too_few = clocks = 0
    for _ in range(runs):
        starts = starts_in(days, truth, draw)
        if starts.size == 0:
            too_few += 1
            continue
        mix = truth["quick_share"] if quick is None else quick(starts)
        used, stopped = as_seen(
            starts, durations(mix, starts.size, truth, draw), days * HOURS_A_DAY, truth["allowance_hours"]
        )
        clocks += starts.size
        kept = kaplan_meier(used, stopped).kept
        figures["headline"].add(kept.share, kept.low, kept.high, real)
        _counted(figures, used, stopped, real)
        missed = int((used > 1).sum())
        said = verdict(kept, clocks=starts.size, missed=missed, objective=Decimal(truth["objective"]))
        too_few += said == TOO_FEW
    return {
        "runs": runs,
        "mean_clocks": round(clocks / runs, 1),
        "too_few_to_judge": round(too_few / runs, 4),
        **{name: told.summary() for name, told in figures.items()},
    }


def _counted(figures: dict[str, Told], used: Any, stopped: Any, real: float) -> None:
    """The second line, which the page marks as too favourable, and what other desks print."""
    met, missed = int((stopped & (used <= 1)).sum()), int((used > 1).sum())
    if met + missed:
        figures["decided"].add(met / (met + missed), *wilson(met, met + missed), real)
    counts = {
        "naive_of_resolved": (met, int(stopped.sum())),
        "naive_open_as_kept": (used.size - missed, used.size),
        "naive_of_all": (met, used.size),
    }
    for name, (hits, of) in counts.items():
        if of:
            figures[name].add(hits / of, *wilson(hits, of), real)
