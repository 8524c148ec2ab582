"""For tests in which one has to wait for another: sees in PostgreSQL itself that somebody does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

WITHIN_SECONDS = 20
WAITING = """
    SELECT count(*) FROM pg_locks
    WHERE locktype = 'advisory' AND NOT granted AND database = (
        SELECT oid FROM pg_database WHERE datname = current_database())
"""


@contextmanager
def at_the_same_time(work: Callable[[], object]) -> Iterator[list[object]]:
    """Does the work on a connection of its own meanwhile; the list has what came of it once this ends.

    What the work raised stands in the list in place of its result.
    """
    came: list[object] = []

    def do() -> None:
        try:
            came.append(work())
        except Exception as error:
            came.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=do)
    thread.start()
    yield came
    thread.join(WITHIN_SECONDS)
    assert not thread.is_alive(), "it still waits"


def until_somebody_waits() -> None:
    """Returns once a transaction of this database waits for a key that another one holds."""
    deadline = time.monotonic() + WITHIN_SECONDS
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waits for anybody")
