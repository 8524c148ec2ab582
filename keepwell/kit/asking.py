"""Small questions that many pages ask, put into SQL once.

Django puts a queryset into SQL each time it is asked. For an answer of a few rows that takes several times as
long as the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from copy import copy
from datetime import UTC, datetime
from functools import cached_property
from inspect import signature
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet

# What stands for the numbers of a question while it is put into SQL: nothing else in it is such a number, and
# it fits into the smallest kind of id.
MARKS = tuple(2**31 - 1 - place for place in range(4))
# The same of instants.
MARKED = tuple(datetime(9998, 12, 31, place, tzinfo=UTC) for place in range(4))

Given = int | datetime


def takes_all(rows: QuerySet[Any, Any]) -> bool:
    """Whether nothing narrows them, so that a question that was put together once asks for the same."""
    return not rows.query.where


class Question:
    """What the queryset that `build` makes of some numbers gives, whatever the numbers.

    Those of its parameters that `instants` names are instants instead. Each is compared with something in it:
    the end of a slice cannot be one.
    """

    def __init__(
        self, build: Callable[..., QuerySet[Any, Any]], *, instants: Collection[str] = frozenset()
    ) -> None:
        self.build = build
        self._marks = tuple(
            MARKED[place] if name in instants else MARKS[place]
            for place, name in enumerate(signature(build).parameters)
        )

    def rows(self, *numbers: Given) -> list[tuple[Any, ...]]:
        """As tuples, of a values_list whose values come from the database as they are (no JSON)."""
        _compiler, sql, given = self._compiled
        with connection.cursor() as cursor:
            cursor.execute(sql, self._filled(given, numbers))
            return cursor.fetchall()

    def objects(self, *numbers: Given) -> list[Any]:
        """As objects, with all that select_related, annotations and prefetching bring."""
        prepared, sql, given = self._compiled
        compiler: Any = copy(prepared)
        # A compiler holds the connection of the thread that it was made in.
        compiler.connection = connection
        compiler.as_sql = lambda *_choices, **_named: (sql, self._filled(given, numbers))
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

    def _filled(self, given: tuple[Any, ...], numbers: tuple[Given, ...]) -> tuple[Any, ...]:
        asked: dict[Any, Given] = dict(zip(self._marks, numbers, strict=True))
        return tuple(asked.get(value, value) for value in given)
