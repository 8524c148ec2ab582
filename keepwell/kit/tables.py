"""A table as a value: what stands behind a chart, on a page as words and in a sheet as numbers and dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from django.utils import dateformat
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from keepwell.kit import wording

Cell = str | int | float | Decimal | date | datetime | None
DECIMALS = 2


@dataclass(frozen=True)
class Table:
    """headings: one for each column. rows: each as long; may be read only once where they are a generator.

    shares: the columns, from 0, whose numbers are parts of one, and are said as 87.4%.
    """

    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    shares: frozenset[int] = frozenset()


class Said(NamedTuple):
    """A cell as people read it, and where it is a figure its value as a machine does."""

    words: str
    is_figure: bool
    value: str


def in_words(table: Table, zone: tzinfo) -> Iterator[list[Said]]:
    """Each row as people read it. Instants are said in that zone."""
    for row in table.rows:
        yield [
            Said(
                words=_said(cell, zone, is_share=column in table.shares),
                is_figure=is_figure(cell),
                value=str(cell) if is_figure(cell) else "",
            )
            for column, cell in enumerate(row)
        ]


def is_figure(cell: Cell) -> bool:
    return isinstance(cell, (int, float, Decimal))


def _said(cell: Cell, zone: tzinfo, *, is_share: bool) -> str:
    if cell is None:
        return pgettext("a cell without a value", "–")
    if isinstance(cell, str):
        return cell
    if isinstance(cell, datetime):
        return wording.full(cell, zone)
    if isinstance(cell, date):
        return dateformat.format(cell, pgettext("date with year, as a date format", "j M Y"))
    return share(cell) if is_share else _number(cell)


def share(part: float | Decimal) -> str:
    """A part of one, as it stands under others of its column: 87.4%, 85.0%."""
    return _percent(number_format(rounded(part * 100, 1), 1))


def plain_share(part: float | Decimal) -> str:
    """A part of one, alone: 87.5%, 85%."""
    percent = rounded(part * 100, 1)
    return _percent(number_format(percent, 0 if percent % 1 == 0 else 1))


def _percent(number: str) -> str:
    return _("%(number)s%%") % {"number": number}


def _number(figure: float | Decimal) -> str:
    decimals = 0 if figure % 1 == 0 else DECIMALS
    return number_format(rounded(figure, decimals), decimals, force_grouping=True)


def rounded(figure: float | Decimal, decimals: int) -> Decimal:
    """As at school: Django would cut a Decimal, and Python rounds 2.345 down."""
    return Decimal(str(figure)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
