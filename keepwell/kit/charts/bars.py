"""Figures by category, each as one bar, or in parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    parts = tuple(dict.fromkeys(part for _category, part, _figure in rows))
    categories = len({category for category, _part, _figure in rows})
    shape = _Shape(
        across=words.across,
        up=words.up,
        by=words.by,
        parts=parts,
        are_stacked=are_stacked,
        are_lying=are_lying,
        height=max(120, LYING_BAR * categories) if are_lying else describing.HEIGHT,
        colours=_chosen(parts, colours),
    )
    return Chart(
        spec=describing.filled(_described(shape), bars=_named(rows, parts)),
        title=words.title,
        summary=words.summary,
        table=_table(rows, words, parts),
    )


@dataclass(frozen=True, kw_only=True)
class _Shape:
    """All that a description depends on; its height in pixels."""

    across: str
    up: str
    by: str
    parts: tuple[str, ...]
    are_stacked: bool
    are_lying: bool
    height: int
    colours: tuple[str, ...]


@describing.kept
def _described(shape: _Shape) -> dict[str, Any]:
    drawn = heavy.altair().Chart(describing.rows("bars")).mark_bar()
    drawn = drawn.encode(*_places(shape), tooltip=_told(shape))
    if len(shape.parts) > 1:
        drawn = drawn.encode(*_parts(shape))
    return describing.description(drawn, shape.height, shape.colours)


def _named(rows: Rows, parts: tuple[str, ...]) -> list[describing.Row]:
    return [
        {"category": category, "part": part, "figure": figure, "order": parts.index(part)}
        for category, part, figure in rows
    ]


def _places(shape: _Shape) -> list[Any]:
    alt = heavy.altair()
    names, figures = (alt.Y, alt.X) if shape.are_lying else (alt.X, alt.Y)
    title = None if shape.are_lying else shape.across
    along = alt.Axis(title=title, labelAngle=0, labelLimit=160, grid=False)
    measured = alt.Axis(title=shape.up, tickCount=5, grid=True, tickMinStep=1)
    return [
        names("category:N", sort=None, axis=along, scale=alt.Scale(paddingInner=0.3)),
        figures("figure:Q", axis=measured, scale=alt.Scale(zero=True)),
    ]


def _parts(shape: _Shape) -> list[Any]:
    alt = heavy.altair()
    parts = list(shape.parts)
    colour = alt.Color("part:N", sort=parts, legend=describing.legend(parts))
    if shape.are_stacked:
        return [colour, alt.Order("order:Q")]
    beside = alt.YOffset if shape.are_lying else alt.XOffset
    return [colour, beside("part:N", sort=parts)]


def _told(shape: _Shape) -> list[Any]:
    alt = heavy.altair()
    part = [alt.Tooltip("part:N", title=shape.by)] if len(shape.parts) > 1 else []
    return [alt.Tooltip("category:N", title=shape.across), *part, alt.Tooltip("figure:Q", title=shape.up)]


def _chosen(parts: tuple[str, ...], colours: Mapping[str, str] | None) -> tuple[str, ...]:
    """In the order of the parts; what has no colour of its own gets the next of the series."""
    if not colours:
        return ()
    rest = iter(look.SERIES)
    return tuple(colours.get(part) or next(rest) for part in parts)


def _table(rows: Rows, words: Words, parts: tuple[str, ...]) -> Table:
    if len(parts) > 1:
        return Table((words.across, words.by, words.up), tuple(rows))
    return Table((words.across, words.up), tuple((category, figure) for category, _part, figure in rows))
