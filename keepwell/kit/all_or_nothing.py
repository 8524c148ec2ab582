"""All of a change, or nothing of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

_is_under_way: ContextVar[bool] = ContextVar("is_under_way", default=False)


class CaughtUnguarded(RuntimeError):
    """A change failed and its caller went on: nothing of either can be kept, and nobody would be told."""


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """What is done inside is done whole or not at all; a change that another one makes is part of that one.

    It has no savepoint of its own then: most verbs call others, and each savepoint costs two statements.
    Where a verb catches what another one raised and goes on, `transaction.atomic()` stands around that call.
    Errors: CaughtUnguarded where it does not.
    """
    with transaction.atomic(savepoint=not _is_under_way.get()):
        token = _is_under_way.set(True)
        try:
            yield
            if transaction.get_rollback():
                raise CaughtUnguarded
        finally:
            _is_under_way.reset(token)
