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
    shown = _Lines(rows=rows, words=words, are_shares=are_shares)
    layers = shown.layers()
    if objective is not None:
        figure = plain_share(objective) if are_shares else f"{objective:g}"
        layers.append(describing.objective(objective, figure))
    return Chart(
        spec=describing.spec(heavy.altair().layer(*layers)),
        title=words.title,
        summary=words.summary,
        table=shown.table(),
    )


@dataclass(frozen=True, kw_only=True)
class _Lines:
    rows: Rows
    words: Words
    are_shares: bool

    @property
    def parts(self) -> list[str]:
        """In the order of the rows."""
        return list(dict.fromkeys(part for _day, part, _figure in self.rows))

    def layers(self) -> list[Any]:
        rows = [{"on": on, "part": part, "figure": figure} for on, part, figure in self.rows]
        base = heavy.altair().Chart(describing.data(rows))
        placed = base.encode(describing.day("on", self.words.across), self._up())
        lines = placed.mark_line().encode(*self._told_apart())
        return [lines, describing.touched(placed, tooltip=self._told())]

    def _up(self) -> Any:
        if self.are_shares:
            return describing.percent("figure", self.words.up, is_whole=False)
        return describing.figures("figure", self.words.up)

    def _told_apart(self) -> list[Any]:
        """By colour and by dashes, so by whoever sees few colours too."""
        if len(self.parts) < 2:
            return []
        alt = heavy.altair()
        given = {
            "scale": alt.Scale(domain=self.parts),
            "legend": describing.legend(self.parts, symbolType="stroke"),
        }
        return [alt.Color("part:N", **given), alt.StrokeDash("part:N", **given)]

    def _told(self) -> list[Any]:
        alt = heavy.altair()
        part = [alt.Tooltip("part:N", title=self.words.by)] if len(self.parts) > 1 else []
        form = {"format": ".1%"} if self.are_shares else {}
        figure = alt.Tooltip("figure:Q", title=self.words.up, **form)
        return [describing.day_told("on", self.words.across), *part, figure]

    def table(self) -> Table:
        words = self.words
        if len(self.parts) > 1:
            shares = frozenset({2} if self.are_shares else ())
            return Table((words.across, words.by, words.up), tuple(self.rows), shares)
        shares = frozenset({1} if self.are_shares else ())
        rows = tuple((on, figure) for on, _part, figure in self.rows)
        return Table((words.across, words.up), rows, shares)
