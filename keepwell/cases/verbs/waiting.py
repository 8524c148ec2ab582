"""Whose turn it is: the customer's, engineering's, or ours again."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.cases.changing import change, into
from keepwell.cases.locking import lock_for
from keepwell.cases.models import Case
from keepwell.cases.refusals import CaseRefused
from keepwell.cases.states import State
from keepwell.journal.recording import Actor
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing


@all_or_nothing()
def wait_for_customer(case: Case, *, seen: int | None = None, by: Actor, at: datetime | None = None) -> Case:
    """We need something from the customer; his next message ends the wait. Effects: case.wait_began.

    Errors: CaseHasChanged, NotNow (nobody has answered him yet, or it waits already), NotPermitted.
    """
    locked = lock_for("wait_for_customer", case, permit="case.wait", by=by, seen=seen)
    return wait_for_customer_locked(locked, by=by, at=clock.instant(at))


def wait_for_customer_locked(case: Case, *, by: Actor, at: datetime, message: int | None = None) -> Case:
    """The same for a locked case that stands so; `message` is the answer that asked him, if one did."""
    columns = into(State.WAITING_ON_CUSTOMER, at)
    return change(case, "case.wait_began", by=by, at=at, facts={"message": message}, columns=columns)


@all_or_nothing()
def wait_for_engineering(
    case: Case, *, seen: int | None = None, by: Actor, at: datetime | None = None
) -> Case:
    """Engineers have to do something first; the promises to the customer run on.

    Effects: case.engineering_wait_began. Errors: CaseHasChanged, NotNow, NotPermitted.
    """
    locked = lock_for("wait_for_engineering", case, permit="case.wait", by=by, seen=seen)
    at = clock.instant(at)
    columns = into(State.WAITING_ON_ENGINEERING, at)
    return change(locked, "case.engineering_wait_began", by=by, at=at, columns=columns)


@all_or_nothing()
def schedule(
    case: Case, until_at: datetime, *, seen: int | None = None, by: Actor, at: datetime | None = None
) -> Case:
    """Work goes on at an agreed instant, and then the case is open again by itself. The promises run on.

    Effects: case.scheduled. Errors: CaseRefused for an instant that is over, CaseHasChanged, NotNow.
    """
    locked = lock_for("schedule", case, permit="case.wait", by=by, seen=seen)
    at, until_at = clock.instant(at), clock.instant(until_at)
    if until_at <= at:
        raise CaseRefused(_("That instant is over. Choose one that lies ahead."))
    columns = {**into(State.SCHEDULED, at), "scheduled_until_at": until_at}
    return change(locked, "case.scheduled", by=by, at=at, facts={"until": until_at}, columns=columns)


@all_or_nothing()
def take_back(case: Case, *, seen: int | None = None, by: Actor, at: datetime | None = None) -> Case:
    """It is our turn again, whomever the case waited for. Effects: case.taken_back, which ends a wait.

    Errors: CaseHasChanged, NotNow, NotPermitted.
    """
    locked = lock_for("take_back", case, permit="case.wait", by=by, seen=seen)
    return take_back_locked(locked, by=by, at=clock.instant(at))


def take_back_locked(case: Case, *, by: Actor, at: datetime, message: int | None = None) -> Case:
    """The same for a locked case that waits; `message` is the question that never arrived, if one."""
    facts = {"from_state": case.state, **({"message": message} if message else {})}
    return change(case, "case.taken_back", by=by, at=at, facts=facts, columns=into(State.OPEN, at))
