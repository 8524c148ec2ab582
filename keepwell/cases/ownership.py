"""One person towards the customer throughout, whoever works on the case just now."""

from __future__ import annotations


def owner_after(*, owner: int | None, assignee: int | None, to: int | None) -> int | None:
    """Who deals with the customer after the case was given to somebody (ids; None: nobody).

    The owner changes with the assignment only while he works on the case himself: handed on to another
    level, it keeps its owner. A case without one gets its first.
    """
    if owner is None or owner == assignee:
        return to
    return owner
