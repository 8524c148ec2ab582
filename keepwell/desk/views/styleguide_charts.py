"""The charts of the style page: one of each kind, of invented figures that stay the same."""

# ruff: noqa: E501 (a sample reads best as one line)
from __future__ import annotations

import math
from datetime import date, timedelta

from keepwell.kit.charts.bars import bars
from keepwell.kit.charts.burn_down import Ahead, burn_down
from keepwell.kit.charts.chart import Chart, Words
from keepwell.kit.charts.curves import Step, step_curve
from keepwell.kit.charts.heat import heat_map
from keepwell.kit.charts.lines import line_over_days

MONTHS = ("Jul", "Aug", "Sep", "Oct", "Nov")
# How sure one may be of the curve's last steps; the first are surer.
INTERVAL = 0.07


def charts(today: date) -> dict[str, Chart]:
    return {
        "curve": _curve(),
        "burn_down": _burn_down(today),
        "lines": _lines(today),
        "line": _line(today),
        "heat": _heat(),
        **_bars(),
    }


def _curve() -> Chart:
    steps = [_step(number / 24) for number in range(37)]
    words = Words(
        title="High: resolved within 24 hours",
        summary="87.4% of 113 cases were resolved in time (79.8 to 92.4%); the objective is 85%.",
        across="Part of the allowance used",
        up="Resolved",
    )
    return step_curve(steps, words, objective=0.85, judged=steps[24])


def _step(used: float) -> Step:
    share = 1 - math.exp(-2.07 * used)
    around = INTERVAL * math.sqrt(share * (1 - share)) * 2
    return Step(used, share, max(0.0, share - around), min(1.0, share + around))


def _burn_down(today: date) -> Chart:
    words = Words(
        title="Misses left this quarter",
        summary="5 of 19 are left, and 3 more will probably be spent by the end: the objective holds.",
        across="Day",
        up="Misses left",
    )
    gone = [(today + timedelta(days=day), 5 + round((-day) ** 1.1 / 4.1)) for day in range(-40, 1)]
    ahead = [
        Ahead(today + timedelta(days=day), 5 - day * 0.11, max(0, 5 - day * 0.2), 5 - day * 0.02)
        for day in range(29)
    ]
    return burn_down(gone, words, ahead=ahead)


def _lines(today: date) -> Chart:
    words = Words(
        title="Kept in time, by severity",
        summary="High has stood above 85% for three weeks; Low fell to 78% and recovers.",
        across="Day",
        up="Kept in time",
        by="Severity",
    )
    rows = [
        (today + timedelta(days=day), name, 0.86 + 0.05 * math.sin(day / 4 + turn) - 0.01 * turn)
        for turn, name in enumerate(("High", "Normal", "Low"))
        for day in range(-29, 1)
    ]
    return line_over_days(rows, words, are_shares=True, objective=0.85)


def _line(today: date) -> Chart:
    words = Words(title="New cases", summary="23 a day, fewer at weekends.", across="Day", up="New cases")
    days = [today + timedelta(days=day) for day in range(-29, 1)]
    return line_over_days([(day, "", 6 if day.weekday() > 4 else 27 - day.day % 7) for day in days], words)


def _heat() -> Chart:
    words = Words(
        title="When customers write",
        summary="Most cases come on working days from 8 to 11; nights are quiet.",
        across="Hour",
        up="Cases",
        by="Day",
    )
    return heat_map({(day, hour): _cases_at(day, hour) for day in range(7) for hour in range(24)}, words)


def _cases_at(day: int, hour: int) -> int:
    busy = math.exp(-((hour - 9.5) ** 2) / 8) + 0.7 * math.exp(-((hour - 14.5) ** 2) / 9)
    return round(busy * (18 - 2 * day if day < 5 else 3) + (day + hour) % 2)


def _bars() -> dict[str, Chart]:
    months = list(enumerate(MONTHS))
    ends = [(name, end, 60 - turn * 24 + number * 2 % 7) for number, name in months for turn, end in enumerate(("Kept", "Undecided", "Missed"))]  # fmt: skip
    levels = [(name, f"Level {level}", 48 // level + number * level) for number, name in months for level in (1, 2, 3)]  # fmt: skip
    accounts = (("Greater Northfield Metropolitan Area Public Works Authority", 31), ("City of Elm Falls", 24), ("Harlan County Roads", 12), ("Brook Valley Water", 5))  # fmt: skip
    return {
        "stacked": bars(ends, _of_months("How promises ended", "Promises", "How it ended"), colours={"Kept": "series-1", "Undecided": "line-strong", "Missed": "bad-mark"}),
        "beside": bars(levels, _of_months("Solved at which level", "Cases", "Level"), are_stacked=False),
        "lying": bars([(name, "", count) for name, count in accounts], Words(title="Open cases by account", summary="Northfield has 31 of 72.", across="Account", up="Open cases"), are_lying=True),
    }  # fmt: skip


def _of_months(title: str, up: str, by: str) -> Words:
    return Words(title=title, summary="Much as in the months before.", across="Month", up=up, by=by)
