"""How a case ends, and how it comes back."""

from __future__ import annotations

from datetime import datetime, timedelta

from keepwell.cases.models import Closure
from keepwell.cases.states import ENDED_STATES, State
from keepwell.cases.words import How
from keepwell.imports.in_bulk.rows import made
from keepwell.imports.logs.acts.waiting import take_back
from keepwell.imports.logs.meanings import Standing
from keepwell.imports.logs.under_way import Player, UnderWay

# A log that has a case in one of these is at work on it.
AT_WORK = (
    Standing.NEW,
    Standing.OPEN,
    Standing.ANSWERED,
    Standing.WAITING_ON_CUSTOMER,
    Standing.WAITING_ON_ENGINEERING,
)
AFTER_THE_WINDOW = timedelta(seconds=1)


def resolve(work: UnderWay, at: datetime) -> None:
    if not work.case.is_open:
        return
    until_at = _end(work, How.ANSWERED, at)
    work.go(State.RESOLVED, at, resolved_at=at, reopenable_until_at=until_at)
    facts = {"how": How.ANSWERED.value, "message": None, "reopenable_until": until_at}
    work.record("case.resolved", at, facts)


def close(work: UnderWay, at: datetime) -> None:
    """Closed. One that nobody said to be solved was solved by then."""
    resolve(work, at)
    if work.case.state == State.RESOLVED and not work.case.is_spam:
        work.go(State.CLOSED, at, closed_at=at)
        work.record("case.closed", at)


def withdraw(work: UnderWay, at: datetime) -> None:
    if not work.case.is_open:
        return
    until_at = _end(work, How.WITHDRAWN, at)
    work.go(State.CLOSED, at, closed_at=at, reopenable_until_at=until_at)
    work.record("case.withdrawn", at, {"reopenable_until": until_at})


def mark_spam(work: UnderWay, at: datetime) -> None:
    if not work.case.is_spam:
        work.leave(at)
        work.write(at, is_spam=True)
        work.record("case.marked_spam", at)


def reopen(work: UnderWay, at: datetime) -> None:
    """Work goes on. After its window the caller has made another case of it."""
    from_state = work.case.state
    if from_state not in ENDED_STATES or work.case.is_spam:
        return
    if work.closure is not None:
        work.closure.reopened_at = max(at, work.closure.ended_at)
        work.closure = None
    work.enter(at)
    work.go(State.OPEN, at)
    work.record("case.reopened", at, {"from_state": from_state, "message": None})


def work_on(work: UnderWay, at: datetime) -> None:
    """We are at it: a wait has an end, and so has the end."""
    take_back(work, at)
    reopen(work, at)


def reopen_and_then(act: Player) -> Player:
    """The act, on a case that is opened again first if it has ended."""

    def both(work: UnderWay, at: datetime) -> None:
        reopen(work, at)
        act(work, at)

    return both


def close_what_stayed_solved(work: UnderWay, until_at: datetime) -> None:
    """Solved until its window was over, a case is closed, as the product does by itself."""
    case = work.case
    if case.state != State.RESOLVED or case.reopenable_until_at is None or case.is_spam:
        return
    at = case.reopenable_until_at + AFTER_THE_WINDOW
    if at < until_at:
        work.go(State.CLOSED, at, closed_at=at)
        work.record("case.closed", at)


def _end(work: UnderWay, how: How, at: datetime) -> datetime:
    """The work ends; gives until when it can be taken up again."""
    work.leave(at)
    turns = work.turns(at)
    work.closure = work.sheet.add(made(Closure, case_id=work.case.pk, how=how.value, ended_at=at, **turns))
    return at + work.window_for(work.case.account_id, at)
