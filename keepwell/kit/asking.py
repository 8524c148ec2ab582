"""Small questions that many pages ask, put into SQL once.

Django puts a queryset into SQL each time it is asked. For an answer of a few rows that takes several times as
long as the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import cached_property
from inspect import signature
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet

# What stands for the numbers of a question while it is put into SQL: nothing else in it is such a number, and
# it fits into the smallest kind of id.
MARKS = tuple(2**31 - 1 - place for place in range(4))


class Question:
    """What the queryset that `build` makes of some numbers gives, whatever the numbers.

    The numbers are compared with something in it: the end of a slice cannot be one.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self.build = build

    def rows(self, *numbers: int) -> list[tuple[Any, ...]]:
        """As tuples, of a values_list whose values come from the database as they are (no JSON)."""
        _compiler, sql, given = self._compiled
        with connection.cursor() as cursor:
            cursor.execute(sql, _filled(given, numbers))
            return cursor.fetchall()

    def objects(self, *numbers: int) -> list[Any]:
        """As objects, with all that select_related, annotations and prefetching bring."""
        prepared, sql, given = self._compiled
        compiler: Any = copy(prepared)
        # A compiler holds the connection of the thread that it was made in.
        compiler.connection = connection
        compiler.as_sql = lambda *_choices, **_named: (sql, _filled(given, numbers))
        rows = self._queryset.all()
        rows.query.get_compiler = lambda *_choices, **_named: compiler  # type: ignore[method-assign]
        return list(rows)

    @cached_property
    def _queryset(self) -> QuerySet[Any, Any]:
        return self.build(*MARKS[: len(signature(self.build).parameters)])

    @cached_property
    def _compiled(self) -> tuple[Any, str, tuple[Any, ...]]:
        """What reads the rows, and what it asks; it is ready to read once it was asked for its SQL."""
        compiler = self._queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        return compiler, *compiler.as_sql()


def _filled(given: tuple[Any, ...], numbers: tuple[int, ...]) -> tuple[Any, ...]:
    asked = dict(zip(MARKS, numbers, strict=False))
    return tuple(asked.get(value, value) for value in given)
