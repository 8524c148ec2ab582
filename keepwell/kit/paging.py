"""Pages of a long list by where one stands, not by number: page one thousand costs what page one costs.

A cursor is the position of one row in the order, and the direction to read from there. It is signed
together with the order it belongs to, so that an edited cursor, or one of another list, is noticed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from django.core import signing
from django.db.models import F, Lookup, Q, QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.utils.translation import gettext as _

SALT = "keepwell.kit.paging"
SIZE = 50
FORWARD = "after"
BACKWARD = "before"


@dataclass(frozen=True, kw_only=True)
class Cursor:
    """A position in an order: the row's values of the order's columns, as text, and which way to read."""

    direction: str
    values: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Page:
    """Rows in the order asked for. A cursor is "" where there is nothing further that way.

    `message` is said above the list; "" means that all went as asked.
    """

    rows: Sequence[Any] = field(default_factory=tuple)
    next_cursor: str = ""
    previous_cursor: str = ""
    message: str = ""


class BadCursor(ValueError):
    """A cursor that this list did not give out."""


def encode(cursor: Cursor, order: Sequence[str]) -> str:
    return signing.dumps([cursor.direction, *cursor.values], salt=_salt(order), compress=False)


def decode(text: str, order: Sequence[str]) -> Cursor:
    """The cursor that was given out for this order. Errors: BadCursor."""
    try:
        direction, *values = signing.loads(text, salt=_salt(order))
    except (signing.BadSignature, ValueError) as error:
        raise BadCursor(text) from error
    return Cursor(direction=direction, values=tuple(values))


def _salt(order: Sequence[str]) -> str:
    return f"{SALT}:{','.join(order)}"


def page(rows: QuerySet[Any], *, order: Sequence[str], cursor: str = "", size: int = SIZE) -> Page:
    """One page of `rows` in `order`, from where the cursor stands; the first page without one.

    Shape: `order` names columns as order_by does, "-" for descending, all of them never null, the last
    one unique. Forwards and backwards give the same rows in the same order. A tampered cursor gives the
    first page and a message. Errors: ValueError for a null in the order, when a cursor would need it.
    """
    if not cursor:
        return _read(rows, tuple(order), None, size)
    try:
        position = decode(cursor, order)
    except BadCursor:
        first = _read(rows, tuple(order), None, size)
        return Page(
            rows=first.rows,
            next_cursor=first.next_cursor,
            message=_("That page address was not one of ours, so this is the first page again."),
        )
    return _read(rows, tuple(order), position, size)


def _read(rows: QuerySet[Any], order: tuple[str, ...], position: Cursor | None, size: int) -> Page:
    is_backward = position is not None and position.direction == BACKWARD
    reading = _reversed(order) if is_backward else order
    found = rows.order_by(*reading)
    if position:
        found = found.filter(past(reading, position.values))
    taken = list(found[: size + 1])
    is_more, taken = len(taken) > size, taken[:size]
    if is_backward:
        taken.reverse()
    return _page(
        taken, order, has_next=is_more or is_backward, has_previous=is_more if is_backward else bool(position)
    )


def _page(taken: list[Any], order: tuple[str, ...], *, has_next: bool, has_previous: bool) -> Page:
    return Page(
        rows=taken,
        next_cursor=_cursor_of(taken[-1], order, FORWARD) if taken and has_next else "",
        previous_cursor=_cursor_of(taken[0], order, BACKWARD) if taken and has_previous else "",
    )


def _cursor_of(row: Any, order: tuple[str, ...], direction: str) -> str:
    return encode(Cursor(direction=direction, values=tuple(_text(row, name) for name in order)), order)


def _text(row: Any, name: str) -> str:
    value = _value(row, name.lstrip("-"))
    if value is None:
        raise ValueError(
            f"{name} is null in {row!r}: order by a column that is never null (annotate a Coalesce)"
        )
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _value(row: Any, name: str) -> Any:
    """Of an object what its relations lead to; of a row of named values the one that is called so."""
    return getattr(row, name) if isinstance(row, tuple) else reduce(getattr, name.split(LOOKUP_SEP), row)


def _reversed(order: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in order)


def past(order: Sequence[str], values: Sequence[str]) -> Q | Lookup[bool]:
    """The rows after these values in this order, in the form that an index on the order can start at.

    One direction throughout is a row comparison, (a, b) < (x, y). Mixed directions have no such form and read
    `a <= x AND (a < x OR (a = x AND ...))`, which starts at the first column alone.
    """
    columns = [name.lstrip("-") for name in order]
    descends = [name.startswith("-") for name in order]
    if len(set(descends)) == 1:
        comparison = TupleLessThan if descends[0] else TupleGreaterThan
        return comparison(Tuple(*map(F, columns)), tuple(values))
    sides = ["lt" if descending else "gt" for descending in descends]
    lookups = list(zip(columns, sides, values, strict=True))
    return Q((f"{columns[0]}__{sides[0]}e", values[0])) & _after(lookups)


def _after(lookups: list[tuple[str, str, str]]) -> Q:
    name, side, value = lookups[0]
    beyond = Q((f"{name}__{side}", value))
    if len(lookups) == 1:
        return beyond
    return beyond | (Q((name, value)) & _after(lookups[1:]))
