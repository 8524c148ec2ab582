"""A guideline in pictures: its curve with the point that is promised, and its budget as it is spent."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from keepwell.kit.charts.burn_down import burn_down
from keepwell.kit.charts.chart import Chart, Words
from keepwell.kit.charts.curves import Step, step_curve
from keepwell.kit.figures import SHARE, text_of
from keepwell.service_levels.measuring import Figures
from keepwell.service_levels.misses import misses_by_day
from keepwell.service_levels.survival import Curve

# A curve is drawn up to twice the allowance, in so many steps at most: more would be no finer on paper.
FURTHEST = 2.0
STEPS = 240
# As a table it is told at each twentieth of the allowance.
TOLD = np.arange(0, 41) / 20
# What stopped there has stopped there, whatever the last digit of a division says.
NEARLY = 1e-9


def curve_picture(found: Figures, *, steps: int = STEPS) -> Chart | None:
    """How the share grows with the allowance used, in so many steps; None where no clock has stopped."""
    kept = found.attainment.kept
    curve = next(iter(found.attainment.curves.values()), None)
    if curve is None or kept is None or curve.times.size == 0:
        return None
    shown = text_of(kept.share, SHARE)
    promised = text_of(float(found.objective) / 100, SHARE)
    words = Words(
        title=_("How much is done by when"),
        summary=_("By the due %(share)s is done, most likely %(low)s to %(high)s; %(promised)s is promised.")
        % {
            "share": shown,
            "low": text_of(kept.low, SHARE),
            "high": text_of(kept.high, SHARE),
            "promised": promised,
        },
        across=_("Part of the allowance used"),
        up=_("Share done"),
    )
    judged = Step(used=1.0, share=kept.share, low=kept.low, high=kept.high)
    drawn = _steps(curve, steps)
    told = _stood(curve, TOLD[drawn[-1].used + TOLD[1] - NEARLY > TOLD])
    objective = float(found.objective) / 100
    watched = [*drawn, *_watched_on(curve, drawn[-1])]
    return step_curve(watched, words, told=told, objective=objective, judged=judged)


def _steps(curve: Curve, most: int) -> list[Step]:
    times = curve.times[curve.times <= FURTHEST]
    if times.size > most:
        times = np.unique(np.quantile(times, np.linspace(0, 1, most), method="nearest"))
    steps = _stood(curve, times)
    return [Step(0.0, 0.0, 0.0, 0.0), *steps] if not steps or steps[0].used > 0 else steps


def _watched_on(curve: Curve, last: Step) -> list[Step]:
    """Where the curve ends: as far as a clock was watched after the last that stopped."""
    end = min(float(curve.points[-1]), FURTHEST)
    return [Step(end, last.share, last.low, last.high)] if end > last.used else []


def _stood(curve: Curve, times: NDArray[np.float64]) -> list[Step]:
    """Where the curve stood when so much of the allowance was used."""
    low, high = curve.interval
    place = np.searchsorted(curve.times, times + NEARLY, side="right")
    done, least, most = (np.concatenate(([0.0], 1 - each)) for each in (curve.survival, high, low))
    return [Step(*map(float, row)) for row in zip(times, done[place], least[place], most[place], strict=True)]


def budget_picture(found: Figures) -> Chart:
    """What may still be missed, day by day of the window up to now."""
    misses = misses_by_day(found.selection, found.window, at=found.as_of)
    rows, left = [], found.budget.allowed
    for on in _days(found):
        left -= misses.get(on, 0)
        rows.append((on, left))
    words = Words(
        title=_("What may still be missed"),
        summary=_("%(left)s of %(allowed)s misses are left, with %(gone)s of the window gone.")
        % {
            "left": text_of(found.budget.left, "count"),
            "allowed": text_of(found.budget.allowed, "count"),
            "gone": text_of(float(found.budget.gone), SHARE),
        },
        across=_("Day"),
        up=_("Misses left"),
    )
    return burn_down(rows, words)


def _days(found: Figures) -> list[date]:
    last = min(found.window.last, found.as_of.astimezone(found.window.zone).date())
    count = max((last - found.window.first).days, 0) + 1
    return [found.window.first + timedelta(days=step) for step in range(count)]
