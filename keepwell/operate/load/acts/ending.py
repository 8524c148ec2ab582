"""How a case ends, and how it comes back."""

from __future__ import annotations

from datetime import datetime, timedelta

from keepwell.cases.models import Case, Closure
from keepwell.cases.states import ENDED_STATES, State
from keepwell.cases.words import HandOffState, How
from keepwell.imports.in_bulk.rows import made
from keepwell.imports.in_bulk.sheet import ActorRef
from keepwell.operate.demo.stories import Act
from keepwell.operate.load.under_way import UnderWay

BY_ITSELF: ActorRef = ("system.cases", None)
# The job that closes what stayed solved runs so often.
CLOSES_EVERY_SECONDS = 600


def resolve(work: UnderWay, act: Act, by: ActorRef, message: int, cause: bytes) -> None:
    at, given = act.at, act.given
    _end_work(work, at)
    work.closure = work.sheet.add(
        made(
            Closure,
            case_id=work.case.id,
            how=given["how"],
            root_cause=given["cause"].strip(),
            ended_by_id=by[1],
            ended_at=at,
            **work.turns(at),
        )
    )
    until_at = at + work.window_for(work.customer.account, at)
    work.go(State.RESOLVED, at, resolved_at=at, reopenable_until_at=until_at, snoozed_until_at=None)
    facts = {"how": given["how"], "message": message, "reopenable_until": until_at}
    work.record("case.resolved", by=by, at=at, cause=cause, facts=facts)


def withdraw(work: UnderWay, act: Act) -> None:
    at = act.at
    _end_work(work, at)
    how = How.WITHDRAWN.value
    work.closure = work.sheet.add(made(Closure, case_id=work.case.id, how=how, ended_at=at, **work.turns(at)))
    until_at = at + work.window_for(work.customer.account, at)
    work.go(State.CLOSED, at, closed_at=at, reopenable_until_at=until_at, snoozed_until_at=None)
    facts = {"reopenable_until": until_at}
    work.record("case.withdrawn", by=work.customer_ref, at=at, cause=work.sheet.new_cause(), facts=facts)


def reopen(work: UnderWay, at: datetime, message: int, cause: bytes) -> None:
    from_state = work.case.state
    if work.closure is not None:
        work.closure.reopened_at = at
    work.enter(at)
    work.go(State.OPEN, at)
    facts = {"from_state": from_state, "message": message}
    work.record("case.reopened", by=work.customer_ref, at=at, cause=cause, facts=facts)


def close_what_stayed_solved(work: UnderWay, until_at: datetime) -> None:
    case = work.case
    if case.state != State.RESOLVED or case.reopenable_until_at is None:
        return
    at = case.reopenable_until_at + timedelta(seconds=work.sheet.chance.randrange(1, CLOSES_EVERY_SECONDS))
    if at < until_at:
        work.go(State.CLOSED, at, closed_at=at)
        work.record("case.closed", by=BY_ITSELF, at=at, cause=work.sheet.new_cause())


def takes_words(case: Case, at: datetime) -> bool:
    """Whether the customer's word at this instant belongs to the case: always, until its window has ended."""
    if case.state not in ENDED_STATES:
        return True
    return case.reopenable_until_at is not None and at <= case.reopenable_until_at


def _end_work(work: UnderWay, at: datetime) -> None:
    work.leave(at)
    asked = work.hand_off
    if asked is not None and asked.state == HandOffState.REQUESTED.value:
        asked.state, asked.ended_at = HandOffState.LAPSED.value, at
