"""Small questions that many pages ask, put into SQL once.

Django puts a queryset into SQL each time it is asked. For an answer of a few rows that takes several times as
long as the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from datetime import UTC, datetime
from functools import cached_property
from inspect import Parameter, signature
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet

Given = int | datetime | str

# What stands for what is given while a question is put into SQL, by its kind: nothing else in it is such a
# value, and the numbers fit into the smallest kind of id.
MARKS: Mapping[str, Callable[[int], Given]] = {
    "int": lambda place: 2**31 - 1 - place,
    "datetime": lambda place: datetime(9998, 12, 31, place, tzinfo=UTC),
    "str": lambda place: f"\ufdd0{place}",
}


def takes_all(rows: QuerySet[Any, Any]) -> bool:
    """Whether nothing narrows them, so that a question that was put together once asks for the same."""
    return not rows.query.where


class Question:
    """What the queryset that `build` makes of some values gives, whatever the values.

    Its parameters are numbers where they are not annotated as `datetime` or `str`. Each is compared with
    something in it as it is: it cannot be the end of a slice, nor a part of a pattern.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self.build = build
        self._marks = tuple(
            MARKS[_kind(parameter)](place)
            for place, parameter in enumerate(signature(build).parameters.values())
        )

    def rows(self, *given: Given) -> list[tuple[Any, ...]]:
        """As tuples, of a values_list whose values come from the database as they are (no JSON)."""
        _compiler, sql, sql_given = self._compiled
        with connection.cursor() as cursor:
            cursor.execute(sql, _filled(sql_given, self._marks, given))
            return cursor.fetchall()

    def objects(self, *given: Given) -> list[Any]:
        """As objects, with all that select_related, annotations and prefetching bring."""
        prepared, sql, sql_given = self._compiled
        compiler: Any = copy(prepared)
        # A compiler holds the connection of the thread that it was made in.
        compiler.connection = connection
        compiler.as_sql = lambda *_choices, **_named: (sql, _filled(sql_given, self._marks, given))
        rows = self._queryset.all()
        rows.query.get_compiler = lambda *_choices, **_named: compiler  # type: ignore[method-assign]
        return list(rows)

    @cached_property
    def _queryset(self) -> QuerySet[Any, Any]:
        return self.build(*self._marks)

    @cached_property
    def _compiled(self) -> tuple[Any, str, tuple[Any, ...]]:
        """What reads the rows, and what it asks; it is ready to read once it was asked for its SQL."""
        compiler = self._queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        return compiler, *compiler.as_sql()


def _kind(parameter: Parameter) -> str:
    kind = parameter.annotation
    if kind is Parameter.empty:
        return "int"
    return kind if isinstance(kind, str) else str(kind.__name__)


def _filled(within: tuple[Any, ...], marks: tuple[Given, ...], given: tuple[Given, ...]) -> tuple[Any, ...]:
    asked: dict[Any, Given] = dict(zip(marks, given, strict=True))
    return tuple(asked.get(value, value) for value in within)
