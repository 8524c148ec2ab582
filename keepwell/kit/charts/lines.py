"""How figures go from day to day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from keepwell.kit import heavy
from keepwell.kit.charts import describing
from keepwell.kit.charts.chart import Chart, Words
from keepwell.kit.tables import Table, plain_share

Number = int | float | Decimal
Rows = Sequence[tuple[date, str, Number | None]]


def line_over_days(
    rows: Rows, words: Words, *, are_shares: bool = False, objective: float | None = None
) -> Chart:
    """One line for each part. rows: (day, part, figure), part "" where there is one only, None for a gap.

    are_shares: the figures are parts of one. objective: a line across, in the figures' unit.
    """
    parts = tuple(dict.fromkeys(part for _day, part, _figure in rows))
    shape = _Shape(across=words.across, up=words.up, by=words.by, parts=parts, are_shares=are_shares)
    given = {"lines": [{"on": on, "part": part, "figure": figure} for on, part, figure in rows]}
    if objective is not None:
        figure = plain_share(objective) if are_shares else f"{objective:g}"
        given["objective"] = [describing.objective_row(objective, figure)]
    described = _described(shape, objective is not None, describing.is_at_the_top(objective))
    return Chart(
        spec=describing.filled(described, **given),
        title=words.title,
        summary=words.summary,
        table=_table(rows, shape),
    )


@dataclass(frozen=True, kw_only=True)
class _Shape:
    """All that a description depends on; the parts in the order of the rows."""

    across: str
    up: str
    by: str
    parts: tuple[str, ...]
    are_shares: bool


@describing.kept
def _described(shape: _Shape, has_objective: bool, is_at_the_top: bool) -> dict[str, Any]:
    base = heavy.altair().Chart(describing.rows("lines"))
    placed = base.encode(describing.day("on", shape.across), _up(shape))
    layers = [
        placed.mark_line().encode(*_told_apart(shape)),
        describing.touched(placed, tooltip=_told(shape)),
    ]
    if has_objective:
        layers.append(describing.objective(is_at_the_top=is_at_the_top))
    return describing.description(heavy.altair().layer(*layers))


def _up(shape: _Shape) -> Any:
    if shape.are_shares:
        return describing.percent("figure", shape.up, is_whole=False)
    return describing.figures("figure", shape.up)


def _told_apart(shape: _Shape) -> list[Any]:
    """By colour and by dashes, so by whoever sees few colours too."""
    if len(shape.parts) < 2:
        return []
    alt = heavy.altair()
    given = {
        "scale": alt.Scale(domain=list(shape.parts)),
        "legend": describing.legend(shape.parts, symbolType="stroke"),
    }
    return [alt.Color("part:N", **given), alt.StrokeDash("part:N", **given)]


def _told(shape: _Shape) -> list[Any]:
    alt = heavy.altair()
    part = [alt.Tooltip("part:N", title=shape.by)] if len(shape.parts) > 1 else []
    form = {"format": ".1%"} if shape.are_shares else {}
    figure = alt.Tooltip("figure:Q", title=shape.up, **form)
    return [describing.day_told("on", shape.across), *part, figure]


def _table(rows: Rows, shape: _Shape) -> Table:
    if len(shape.parts) > 1:
        shares = frozenset({2} if shape.are_shares else ())
        return Table((shape.across, shape.by, shape.up), tuple(rows), shares)
    shares = frozenset({1} if shape.are_shares else ())
    plain = tuple((on, figure) for on, _part, figure in rows)
    return Table((shape.across, shape.up), plain, shares)
