"""Ids from the database's own sequences, so that whoever comes next goes on behind them."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from django.db import connection
from django.db.models import Model

from keepwell.cases.models.numbering import SEQUENCE as CASE_NUMBERS

AT_ONCE = 2000


class Ids:
    """Ids that nobody else gets, in rising order."""

    def __init__(self) -> None:
        self._taken: dict[str, list[int]] = defaultdict(list)

    def next_of(self, model: type[Model]) -> int:
        return self._next(_sequence_of(model))

    def next_case_number(self) -> int:
        return self._next(f"'{CASE_NUMBERS}'")

    def many_of(self, model: type[Model], count: int) -> list[int]:
        return _take(_sequence_of(model), count)

    def _next(self, sequence: str) -> int:
        waiting = self._taken[sequence]
        if not waiting:
            waiting.extend(reversed(_take(sequence, AT_ONCE)))
        return waiting.pop()


@lru_cache
def _sequence_of(model: type[Model]) -> str:
    return f"pg_get_serial_sequence('{model._meta.db_table}', '{model._meta.pk.column}')"


def _take(sequence: str, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT array(SELECT nextval({sequence}) FROM generate_series(1, %s))", [count])  # noqa: S608
        [[taken]] = cursor.fetchall()
        return list(taken)
