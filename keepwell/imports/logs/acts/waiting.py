"""Whose turn it is: the customer's, engineering's, or ours again."""

from __future__ import annotations

from datetime import datetime

from keepwell.cases.states import State
from keepwell.imports.logs.under_way import UnderWay

WAITING = (State.WAITING_ON_CUSTOMER, State.WAITING_ON_ENGINEERING)


def wait_for_customer(work: UnderWay, at: datetime) -> None:
    if work.case.is_open and work.case.state != State.WAITING_ON_CUSTOMER:
        work.go(State.WAITING_ON_CUSTOMER, at)
        work.record("case.wait_began", at, {"message": None})


def wait_for_engineering(work: UnderWay, at: datetime) -> None:
    if work.case.is_open and work.case.state != State.WAITING_ON_ENGINEERING:
        take_back(work, at)
        work.go(State.WAITING_ON_ENGINEERING, at)
        work.record("case.engineering_wait_began", at)


def take_back(work: UnderWay, at: datetime) -> None:
    from_state = work.case.state
    if work.case.is_open and from_state in WAITING:
        work.go(State.OPEN, at)
        work.record("case.taken_back", at, {"from_state": from_state})
