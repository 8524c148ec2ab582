"""How something that is used up has gone, and how it will probably go on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from keepwell.kit import heavy
from keepwell.kit.charts import describing
from keepwell.kit.charts.chart import Chart, Words
from keepwell.kit.tables import Table

Number = int | float | Decimal
Rows = Sequence[tuple[date, Number]]


class Ahead(NamedTuple):
    """What will probably be left on a day to come, and between what it most likely lies."""

    on: date
    left: Number
    low: Number
    high: Number


def burn_down(rows: Rows, words: Words, *, ahead: Sequence[Ahead] = ()) -> Chart:
    """What is left, day by day; dashed, with the band of its interval, what lies ahead.

    rows: (day, left), ascending. ahead: ascending; begins on the last day of the rows, to be joined to them.
    """
    layers = [_nothing_left(), *(_ahead(ahead, words) if ahead else []), *_gone(rows, words)]
    return Chart(
        spec=describing.spec(heavy.altair().layer(*layers)),
        title=words.title,
        summary=words.summary,
        table=_table(rows, words, ahead),
    )


def _nothing_left() -> Any:
    alt = heavy.altair()
    return alt.Chart(describing.data([{"left": 0}])).mark_rule(style="edge").encode(alt.Y("left:Q"))


def _gone(rows: Rows, words: Words) -> list[Any]:
    base = heavy.altair().Chart(describing.data([{"on": on, "left": left} for on, left in rows]))
    placed = base.encode(describing.day("on", words.across), describing.figures("left", words.up))
    return [placed.mark_line(interpolate="step-after"), describing.touched(placed, tooltip=_told(words))]


def _ahead(ahead: Sequence[Ahead], words: Words) -> list[Any]:
    alt = heavy.altair()
    base = alt.Chart(describing.data([row._asdict() for row in ahead]))
    base = base.encode(describing.day("on", words.across))
    line = base.mark_line(style="likely").encode(alt.Y("left:Q"))
    band = base.mark_area(style="band").encode(alt.Y("low:Q"), alt.Y2("high:Q"))
    return [band, line, describing.touched(line, tooltip=_told(words))]


def _told(words: Words) -> list[Any]:
    left = heavy.altair().Tooltip("left:Q", title=words.up, format=",.4~g")
    return [describing.day_told("on", words.across), left]


def _table(rows: Rows, words: Words, ahead: Sequence[Ahead]) -> Table:
    if not ahead:
        return Table((words.across, words.up), tuple(rows))
    past = [(on, left, None, None) for on, left in rows if on < ahead[0].on]
    return Table((words.across, words.up, _("At least"), _("At most")), (*past, *ahead))
