"""When in the week something happens."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.dates import WEEKDAYS_ABBR

from keepwell.kit import heavy
from keepwell.kit.charts import describing
from keepwell.kit.charts.chart import Chart, Words
from keepwell.kit.tables import Table

HOURS = range(24)
FAINT_TO_FULL = [0.07, 1]
EVERY_THIRD = "datum.value % 3 ? '' : (datum.value < 10 ? '0' : '') + datum.value"

Counts = Mapping[tuple[int, int], int | float]
# Across, up, and what the days are.
Names = tuple[str, str, str]


def heat_map(counts: Counts, words: Words, *, marked: Collection[tuple[int, int]] = ()) -> Chart:
    """Every hour of the week as a cell, the more the stronger. words.up says what the figure is.

    counts: by (day, hour), the day from 0 for Monday, the hour from 0 to 23; what is missing is 0.
    marked: the cells that get a dot.
    """
    days = tuple(str(WEEKDAYS_ABBR[day]) for day in range(7))
    rows = [
        {"day": name, "hour": hour, "figure": counts.get((day, hour), 0)}
        for day, name in enumerate(days)
        for hour in HOURS
    ]
    dots = [{"day": days[day], "hour": hour} for day, hour in sorted(marked)]
    described = _described(days, (words.across, words.up, words.by), bool(dots))
    return Chart(
        spec=describing.filled(described, hours=rows, **({"dots": dots} if dots else {})),
        title=words.title,
        summary=words.summary,
        table=_table(counts, days, words),
    )


@describing.kept
def _described(days: tuple[str, ...], named: Names, has_dots: bool) -> dict[str, Any]:
    alt = heavy.altair()
    cells = alt.Chart(describing.rows("hours")).mark_rect(style="hour")
    drawn = cells.encode(*_places(list(days), named), tooltip=_told(named))
    return describing.description(alt.layer(drawn, _dots(list(days))) if has_dots else drawn)


def _places(days: list[str], named: Names) -> list[Any]:
    alt = heavy.altair()
    across, up, _by = named
    bare = {"domain": False, "ticks": False, "grid": False}
    hours = alt.Axis(title=across, labelAngle=0, labelExpr=EVERY_THIRD, labelOverlap=False, **bare)
    legend = alt.Legend(title=up, tickCount=3, offset=12)
    return [
        alt.X("hour:O", axis=hours),
        alt.Y("day:O", sort=days, axis=alt.Axis(title=None, **bare)),
        alt.Opacity("figure:Q", scale=alt.Scale(zero=True, range=FAINT_TO_FULL), legend=legend),
    ]


def _dots(days: list[str]) -> Any:
    """Small enough to leave the cell's strength to be read, and no target for the mouse."""
    alt = heavy.altair()
    dots = alt.Chart(describing.rows("dots")).mark_circle(style="marked-hour", tooltip=False)
    return dots.encode(alt.X("hour:O"), alt.Y("day:O", sort=days))


def _told(named: Names) -> list[Any]:
    alt = heavy.altair()
    across, up, by = named
    return [
        alt.Tooltip("day:O", title=by or " "),
        alt.Tooltip("hour:O", title=across),
        alt.Tooltip("figure:Q", title=up),
    ]


def _table(counts: Counts, days: tuple[str, ...], words: Words) -> Table:
    """As wide as the week, an hour a row: 24 rows are read, 168 are not."""
    rows = [(f"{hour:02d}", *(counts.get((day, hour), 0) for day in range(7))) for hour in HOURS]
    return Table((words.across, *days), tuple(rows))
