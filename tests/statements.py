"""What a request costs the database, in statements: a number that does not depend on the machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

CONTROL = {"BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"}


def assert_costs_at_most(statements: int, control: int, ask: Callable[[], Any]) -> None:
    """The request asks so many statements at most, and so many more that open and close its transactions.

    In a test that is one transaction itself, savepoints stand for these.
    """
    with CaptureQueriesContext(connection) as captured:
        assert ask().status_code < 400
    asked = [query["sql"] for query in captured]
    opening = sum(sql.split(" ")[0].rstrip(";") in CONTROL for sql in asked)
    assert len(asked) - opening <= statements, "\n".join(asked)
    assert opening <= control, "\n".join(asked)
