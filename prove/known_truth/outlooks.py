"""Months half gone: the chance given then, and what became of the month."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from typing import Any

import numpy as np

from keepwell.service_levels.outlook import Arrivals, outlook, share_variance, weekly_spread
from keepwell.service_levels.survival import kaplan_meier
from prove.known_truth.desks import HOURS_A_DAY, Floats, Rules, as_seen, durations, starts_in

WEEK_HOURS = 7 * HOURS_A_DAY
PROCESSES = 2


def judge_outlooks(parameters: Rules) -> dict[str, Any]:
    wanted = parameters["outlook"]
    found = _calibration(parameters, months=wanted["months"], seed=wanted["seed"], weekly_sd=0.0)
    wrong = [
        str(row)
        for row in found["deciles"]
        if row["months"] >= wanted["months_a_decile"]
        and abs(row["predicted"] - row["observed"]) > wanted["difference_at_most"]
    ]
    shifting = parameters["outlook_shifting"]
    moved = _calibration(
        parameters, months=shifting["months"], seed=shifting["seed"], weekly_sd=shifting["weekly_logit_sd"]
    )
    return {"steady_weeks": found, "shifting_weeks": moved, "wrong": wrong}


def _calibration(parameters: Rules, *, months: int, seed: int, weekly_sd: float) -> dict[str, Any]:
    seeds = np.random.SeedSequence(seed).spawn(months)
    with ProcessPoolExecutor(PROCESSES) as pool:
        parts = pool.map(_months, [(parameters, seeds[i::PROCESSES], weekly_sd) for i in range(PROCESSES)])
    chances, came = np.array([pair for part in parts for pair in part]).T
    deciles = [_decile(chances, came, i / 10) for i in range(10)]
    # Weighted least squares of what came on what was said: 1 where a point of chance is worth a point.
    slope = float(np.polyfit(chances, came, 1)[0])
    return {
        "months": months,
        "predicted": round(float(chances.mean()), 4),
        "observed": round(float(came.mean()), 4),
        "slope": round(slope, 3),
        "deciles": [row for row in deciles if row["months"]],
    }


def _decile(chances: Floats, came: Floats, low: float) -> dict[str, float]:
    inside = (chances >= low) & ((chances < low + 0.1) | ((low > 0.85) & (chances <= 1.0)))
    return {
        "from": round(low, 1),
        "months": int(inside.sum()),
        "predicted": round(float(chances[inside].mean()), 4) if inside.any() else 0.0,
        "observed": round(float(came[inside].mean()), 4) if inside.any() else 0.0,
    }


def _months(given: tuple[Rules, list[np.random.SeedSequence], float]) -> list[tuple[float, float]]:
    parameters, seeds, weekly_sd = given
    return [_month(parameters, np.random.default_rng(seed), weekly_sd) for seed in seeds]


def _month(parameters: Rules, draw: np.random.Generator, weekly_sd: float) -> tuple[float, float]:
    """The chance given at mid-month, and 1 where the month met its objective in the end, else 0."""
    truth, wanted = parameters["truth"], parameters["outlook"]
    allowance = truth["allowance_hours"]
    begins = wanted["history_days"] * HOURS_A_DAY
    now = begins + wanted["asked_after_days"] * HOURS_A_DAY
    days = wanted["history_days"] + wanted["month_days"]
    starts = starts_in(days, truth, draw)
    lasts = durations(_mix(starts, days, truth["quick_share"], weekly_sd, draw), starts.size, truth, draw)
    month = starts >= begins
    is_met = (lasts[month] <= allowance).mean() * 100 >= wanted["objective"] if month.any() else True
    seen = (starts > now - wanted["history_days"] * HOURS_A_DAY) & (starts < now)
    used, stopped = as_seen(starts[seen], lasts[seen], now, allowance)
    return _chance(starts[seen], used, stopped, now, wanted), float(is_met)


def _mix(starts: Floats, days: float, quick: float, weekly_sd: float, draw: np.random.Generator) -> Any:
    if weekly_sd == 0:
        return quick
    weeks = int(days / 7) + 1
    logits = np.log(quick / (1 - quick)) + draw.normal(0, weekly_sd, weeks)
    return (1 / (1 + np.exp(-logits)))[(starts // WEEK_HOURS).astype(int)]


def _chance(starts: Floats, used: Floats, stopped: Any, now: float, wanted: Rules) -> float:
    """What the page says at `now`, of the clocks of the year before it; those of the month are the last."""
    year = kaplan_meier(used, stopped)
    dispersion, between = _weeks(starts, used, stopped, now)
    ours = starts >= wanted["history_days"] * HOURS_A_DAY
    missed, met = ours & (used > 1), ours & stopped & (used <= 1)
    still_open = ours & ~stopped & (used <= 1)
    days_left = wanted["month_days"] - wanted["asked_after_days"]
    kept = year.kept
    found = outlook(
        met=int(met.sum()),
        missed=int(missed.sum()),
        chances=year.chance_to_be_kept(used[still_open]),
        arrivals=Arrivals(
            expected=starts.size / wanted["history_days"] * days_left,
            share=kept.share,
            variance=share_variance(
                greenwood=kept.variance,
                dispersion=dispersion,
                between_weeks=between,
                weeks_left=days_left / 7,
            ),
        ),
        objective=Decimal(str(wanted["objective"])),
    )
    return found.chance if found else 1.0


def _weeks(starts: Floats, used: Floats, stopped: Any, now: float) -> tuple[float, float]:
    """By the weeks whose clocks are all decided: those that began long enough ago."""
    decided = (used > 1) | stopped
    week = ((now - starts) // WEEK_HOURS).astype(int)
    whole = week >= 1
    sizes = np.bincount(week[whole & decided], minlength=1)
    kept = np.bincount(week[whole & stopped & (used <= 1)], minlength=sizes.size)
    return weekly_spread(kept, sizes)
