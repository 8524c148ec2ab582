"""It was not solved after all."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.cases.changing import change, into
from keepwell.cases.ending import void_closure
from keepwell.cases.locking import lock_for
from keepwell.cases.models import Case
from keepwell.cases.refusals import CaseRefused
from keepwell.cases.states import State
from keepwell.cases.staying import enter
from keepwell.cases.windows import is_within
from keepwell.journal.recording import Actor
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing


class WindowIsOver(CaseRefused):
    """The case ended too long ago to be reopened: a new one linked to it is the way on."""

    def __init__(self, case: Case) -> None:
        super().__init__(
            _("#%(number)s ended too long ago to be reopened. Open a new one: it will be linked to it.")
            % {"number": case.number}
        )


@all_or_nothing()
def reopen(case: Case, *, seen: int | None = None, by: Actor, at: datetime | None = None) -> Case:
    """Work goes on where it ended: same level, same people. Effects: case.reopened.

    Errors: WindowIsOver, CaseHasChanged, NotNow, NotPermitted.
    """
    locked = lock_for("reopen", case, permit="case.reopen", by=by, seen=seen)
    at = clock.instant(at)
    if not is_within(at, locked.reopenable_until_at):
        raise WindowIsOver(locked)
    return reopen_locked(locked, by=by, at=at)


def reopen_locked(case: Case, *, by: Actor, at: datetime, message: int | None = None) -> Case:
    """The same for a locked case within its window; `message` is the customer's word that did it."""
    from_state = case.state
    void_closure(case, at)
    enter(case, at)
    return change(
        case,
        "case.reopened",
        by=by,
        at=at,
        facts={"from_state": from_state, "message": message},
        columns=into(State.OPEN, at),
    )
