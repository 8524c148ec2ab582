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
    given: dict[str, list[describing.Row]] = {
        "none": [{"left": 0}],
        "gone": [{"on": on, "left": left} for on, left in rows],
    }
    if ahead:
        given["ahead"] = [row._asdict() for row in ahead]
    return Chart(
        spec=describing.filled(_described(words.across, words.up, bool(ahead)), **given),
        title=words.title,
        summary=words.summary,
        table=_table(rows, words, ahead),
    )


@describing.kept
def _described(across: str, up: str, has_ahead: bool) -> dict[str, Any]:
    layers = [_nothing_left(), *(_ahead(across, up) if has_ahead else []), *_gone(across, up)]
    return describing.description(heavy.altair().layer(*layers))


def _nothing_left() -> Any:
    alt = heavy.altair()
    return alt.Chart(describing.rows("none")).mark_rule(style="edge").encode(alt.Y("left:Q"))


def _gone(across: str, up: str) -> list[Any]:
    base = heavy.altair().Chart(describing.rows("gone"))
    placed = base.encode(describing.day("on", across), describing.figures("left", up))
    told = _told(across, up)
    return [placed.mark_line(interpolate="step-after"), describing.touched(placed, tooltip=told)]


def _ahead(across: str, up: str) -> list[Any]:
    alt = heavy.altair()
    base = alt.Chart(describing.rows("ahead")).encode(describing.day("on", across))
    line = base.mark_line(style="likely").encode(alt.Y("left:Q"))
    band = base.mark_area(style="band").encode(alt.Y("low:Q"), alt.Y2("high:Q"))
    return [band, line, describing.touched(line, tooltip=_told(across, up))]


def _told(across: str, up: str) -> list[Any]:
    left = heavy.altair().Tooltip("left:Q", title=up, format=",.4~g")
    return [describing.day_told("on", across), left]


def _table(rows: Rows, words: Words, ahead: Sequence[Ahead]) -> Table:
    if not ahead:
        return Table((words.across, words.up), tuple(rows))
    past = [(on, left, None, None) for on, left in rows if on < ahead[0].on]
    return Table((words.across, words.up, _("At least"), _("At most")), (*past, *ahead))
