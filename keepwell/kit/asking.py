"""Small questions that many pages ask, put into SQL once.

Django puts a queryset into SQL each time it is asked. For an answer of a few rows that takes several times as
long as the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from inspect import signature
from typing import Any

from django.db import connection
from django.db.models import QuerySet

# What stands for the numbers of a question while it is put into SQL: nothing else in it is such a number, and
# it fits into the smallest kind of id.
MARKS = tuple(2**31 - 1 - place for place in range(4))


class Question:
    """`rows(*numbers)` are those of the queryset that `build` makes of the numbers, as tuples.

    Shape: a values_list whose values come from the database as they are (no JSON), whatever the numbers.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, tuple[Any, ...]]]) -> None:
        self.build = build

    def rows(self, *numbers: int) -> list[tuple[Any, ...]]:
        sql, given = self._sql
        asked = dict(zip(MARKS, numbers, strict=False))
        with connection.cursor() as cursor:
            cursor.execute(sql, [asked.get(value, value) for value in given])
            return cursor.fetchall()

    @cached_property
    def _sql(self) -> tuple[str, tuple[Any, ...]]:
        marks = MARKS[: len(signature(self.build).parameters)]
        return self.build(*marks).query.sql_with_params()
