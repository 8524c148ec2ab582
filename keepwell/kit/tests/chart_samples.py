"""One chart of each kind."""

from __future__ import annotations

from datetime import date, timedelta

from keepwell.kit.charts.bars import bars
from keepwell.kit.charts.burn_down import Ahead, burn_down
from keepwell.kit.charts.chart import Chart, Words
from keepwell.kit.charts.curves import Step, step_curve
from keepwell.kit.charts.heat import heat_map
from keepwell.kit.charts.lines import line_over_days

MONDAY = date(2026, 6, 8)
STEPS = (Step(0.0, 0.0, 0.0, 0.0), Step(0.5, 0.4, 0.3, 0.5), Step(1.0, 0.874, 0.798, 0.924))


def words(**more: str) -> Words:
    said = {"title": "Kept", "summary": "87.4% were kept.", "across": "Across", "up": "Up", "by": "By"}
    return Words(**{**said, **more})


def days(count: int) -> list[date]:
    return [MONDAY + timedelta(days=number) for number in range(count)]


def one_of_each() -> dict[str, Chart]:
    return {
        "step_curve": step_curve(STEPS, words(), objective=0.85, judged=STEPS[-1]),
        "burn_down": burn_down(
            [(day, 9 - number) for number, day in enumerate(days(5))],
            words(),
            ahead=[Ahead(day, 5, 4.5, 5) for day in days(7)[4:]],
        ),
        "bars": bars([("June", "Met", 12), ("June", "Missed", 3), ("July", "Met", 9)], words()),
        "heat_map": heat_map({(0, 9): 4, (6, 23): 1}, words()),
        "line_over_days": line_over_days([(day, "", 3) for day in days(3)], words(), objective=2),
    }
