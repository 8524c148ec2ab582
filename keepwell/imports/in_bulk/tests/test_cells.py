"""What COPY is given comes back from PostgreSQL as it was."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import chain
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from keepwell.imports.in_bulk.cells import COUNT, HEADER, TRAILER, writer_of

AWKWARD = "Tab\t, line\n, \\ and \\N, \"quoted\", '},\n{', Łódź 🚧"
ONCE = uuid4()
SHARED = [["case", 7], ["account", None]]

COLUMNS: list[tuple[models.Field[Any, Any], list[Any], list[Any]]] = [
    (models.BigIntegerField(), [1, -(2**62), None], []),
    (models.PositiveIntegerField(), [0, 2**31 - 1, None], []),
    (models.PositiveSmallIntegerField(), [1, None], []),
    (models.BooleanField(), [True, False, None], []),
    (models.CharField(max_length=250), [AWKWARD, "", None], []),
    (models.TextField(), [AWKWARD * 1000], []),
    (
        models.DateTimeField(),
        [
            datetime(2026, 3, 29, 1, 59, 59, tzinfo=UTC),
            datetime(1999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
            None,
        ],
        [],
    ),
    (models.DurationField(), [timedelta(0), timedelta(days=40, microseconds=1), timedelta(-1), None], []),
    (models.UUIDField(), [ONCE.bytes], [ONCE]),
    (models.DecimalField(max_digits=8, decimal_places=3), [Decimal("0.250"), Decimal(16)], []),
    (ArrayField(models.CharField(max_length=40)), [[], ["two words", '"', "Ł"]], []),
    (models.JSONField(), [{"note": 1, "said": AWKWARD}, {}, {"parts": ["a", "b"], "late": False}], []),
    (models.JSONField(), [[], SHARED, SHARED, [AWKWARD]], []),
]


@pytest.mark.parametrize(
    ("field", "given", "expected"),
    COLUMNS,
    ids=[type(field).__name__ for field, _given, _expected in COLUMNS],
)
def test_what_is_copied_comes_back(
    db: None, field: models.Field[Any, Any], given: list[Any], expected: list[Any]
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE taken (id serial, value {field.db_type(connection)})")
        with cursor.copy("COPY taken (value) FROM STDIN (FORMAT BINARY)") as copy:
            rows = [(COUNT.pack(1), cell) for cell in writer_of(field)(given)]
            copy.write(b"".join([HEADER, *chain.from_iterable(rows), TRAILER]))
        cursor.execute("SELECT value FROM taken ORDER BY id")
        found = [value for (value,) in cursor.fetchall()]
    if isinstance(field, models.JSONField):
        found = [json.loads(value) for value in found]
    assert found == (expected or given)
