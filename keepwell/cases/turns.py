"""Whose turn it was while a case was open: its elapsed time, divided among those who could go on with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum


class Turn(StrEnum):
    """Named like the column of a closure that keeps its time."""

    CUSTOMER = "on_customer"
    ENGINEERING = "on_engineering"
    SCHEDULED = "on_date"
    OURS = "on_us"


# Whose turn it is after what was recorded; None: there is nothing to do any more.
BEGUN_BY: dict[str, Turn | None] = {
    "case.opened": Turn.OURS,
    "case.taken_back": Turn.OURS,
    "case.reopened": Turn.OURS,
    "case.wait_began": Turn.CUSTOMER,
    "case.engineering_wait_began": Turn.ENGINEERING,
    "case.scheduled": Turn.SCHEDULED,
    "case.resolved": None,
    "case.withdrawn": None,
    "case.closed": None,
    "case.merged": None,
}
HIS_WORD = "message.received"
TOLD_BY = (*BEGUN_BY, HIS_WORD)

Told = tuple[str, datetime]


def turns_until(ended_at: datetime, told: Iterable[Told]) -> dict[Turn, timedelta]:
    """Elapsed time until the case ended, by whose turn it was.

    `told`: kind and instant of what was recorded of the case, in any order; what came later, and kinds that
    hand nothing over, do not count. Of the waits only that for the customer is ended by his word. Spam is not
    asked about: what was marked by mistake stands as if it had never been.
    """
    spent = dict.fromkeys(Turn, timedelta(0))
    turn: Turn | None = None
    since = ended_at
    for kind, at in sorted(told, key=_instant):
        if at > ended_at or kind not in TOLD_BY:
            continue
        if turn is not None:
            spent[turn] += at - since
        turn, since = _after(kind, turn), at
    if turn is not None:
        spent[turn] += ended_at - since
    return spent


def _instant(told: Told) -> datetime:
    return told[1]


def _after(kind: str, turn: Turn | None) -> Turn | None:
    if kind == HIS_WORD:
        return Turn.OURS if turn is Turn.CUSTOMER else turn
    return BEGUN_BY[kind]
