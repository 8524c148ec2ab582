"""Figures by category, each as one bar, or in parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from keepwell.kit import heavy
from keepwell.kit.charts import describing, look
from keepwell.kit.charts.chart import Chart, Words
from keepwell.kit.tables import Table

LYING_BAR = 30  # pixels for each category

Rows = Sequence[tuple[str, str, int | float | Decimal]]


def bars(
    rows: Rows,
    words: Words,
    *,
    are_stacked: bool = True,
    are_lying: bool = False,
    colours: Mapping[str, str] | None = None,
) -> Chart:
    """Bars in the order of the rows: (category, part, figure), part "" where a category is one bar.

    are_stacked: the parts of a category on one another, else beside. are_lying: for long names of categories.
    colours: the token of each part where its colour means something, such as {"Missed": "bad-mark"}.
    """
    alt = heavy.altair()
    parts = list(dict.fromkeys(part for _category, part, _figure in rows))
    drawn = alt.Chart(describing.data(_named(rows, parts))).mark_bar()
    drawn = drawn.encode(*_places(words, are_lying=are_lying), tooltip=_told(words, parts))
    if len(parts) > 1:
        drawn = drawn.encode(*_parts(parts, are_stacked=are_stacked, are_lying=are_lying))
    categories = len({category for category, _part, _figure in rows})
    height = max(120, LYING_BAR * categories) if are_lying else describing.HEIGHT
    return Chart(
        spec=describing.spec(drawn, height, _chosen(parts, colours)),
        title=words.title,
        summary=words.summary,
        table=_table(rows, words, parts),
    )


def _named(rows: Rows, parts: list[str]) -> list[describing.Row]:
    return [
        {"category": category, "part": part, "figure": figure, "order": parts.index(part)}
        for category, part, figure in rows
    ]


def _places(words: Words, *, are_lying: bool) -> list[Any]:
    alt = heavy.altair()
    names, figures = (alt.Y, alt.X) if are_lying else (alt.X, alt.Y)
    along = alt.Axis(title=None if are_lying else words.across, labelAngle=0, labelLimit=160, grid=False)
    measured = alt.Axis(title=words.up, tickCount=5, grid=True, tickMinStep=1)
    return [
        names("category:N", sort=None, axis=along, scale=alt.Scale(paddingInner=0.3)),
        figures("figure:Q", axis=measured, scale=alt.Scale(zero=True)),
    ]


def _parts(parts: list[str], *, are_stacked: bool, are_lying: bool) -> list[Any]:
    alt = heavy.altair()
    colour = alt.Color("part:N", sort=parts, legend=describing.legend(parts))
    if are_stacked:
        return [colour, alt.Order("order:Q")]
    beside = alt.YOffset if are_lying else alt.XOffset
    return [colour, beside("part:N", sort=parts)]


def _told(words: Words, parts: list[str]) -> list[Any]:
    alt = heavy.altair()
    part = [alt.Tooltip("part:N", title=words.by)] if len(parts) > 1 else []
    return [alt.Tooltip("category:N", title=words.across), *part, alt.Tooltip("figure:Q", title=words.up)]


def _chosen(parts: list[str], colours: Mapping[str, str] | None) -> list[str]:
    """In the order of the parts; what has no colour of its own gets the next of the series."""
    if not colours:
        return []
    rest = iter(look.SERIES)
    return [colours.get(part) or next(rest) for part in parts]


def _table(rows: Rows, words: Words, parts: list[str]) -> Table:
    if len(parts) > 1:
        return Table((words.across, words.by, words.up), tuple(rows))
    return Table((words.across, words.up), tuple((category, figure) for category, _part, figure in rows))
