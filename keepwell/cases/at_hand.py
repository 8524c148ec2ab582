"""The case that is just being opened, for what its first words do to it.

Nobody else sees the row before the transaction ends: it need not be locked, nor read again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from keepwell.cases.models import Case

_opening: ContextVar[Case | None] = ContextVar("opening", default=None)


@contextmanager
def at_hand(case: Case) -> Iterator[None]:
    """Inside, what follows from an entry of this case is written to this very object."""
    token = _opening.set(case)
    try:
        yield
    finally:
        _opening.reset(token)


def case_at_hand(conversations: Collection[int]) -> Case | None:
    """The case that is being opened, if one of these conversations is its own."""
    case = _opening.get()
    return case if case is not None and case.conversation_id in conversations else None


def opening_case(cases: Collection[int]) -> Case | None:
    """The case that is being opened, if it is one of these."""
    case = _opening.get()
    return case if case is not None and case.pk in cases else None
