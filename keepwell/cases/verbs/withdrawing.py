"""The customer needs nothing any more."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from keepwell.cases.changing import change, into
from keepwell.cases.ending import end_work, turns_of
from keepwell.cases.locking import lock_for, person_id
from keepwell.cases.models import Case, Closure
from keepwell.cases.refusals import CaseRefused
from keepwell.cases.reopening_window import reopenable_until
from keepwell.cases.states import State
from keepwell.cases.words import How
from keepwell.journal.recording import Actor
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing


@all_or_nothing()
def withdraw(case: Case, *, seen: int | None = None, by: Actor, at: datetime | None = None) -> Case:
    """The customer takes his case back, and may reopen it until its window ends. Effects: case.withdrawn.

    Errors: CaseHasChanged, NotNow, NotPermitted for staff: it is the customer's to say.
    """
    locked, at = lock_for("withdraw", case, permit="case.withdraw", by=by, seen=seen), clock.instant(at)
    return _withdrawn(locked, {}, {}, by=by, at=at)


@all_or_nothing()
def withdraw_for_customer(
    case: Case, wish: str, *, seen: int | None = None, by: Actor, at: datetime | None = None
) -> Case:
    """The customer told us otherwise, by phone say, that he needs nothing; `wish` is who said so, and how.

    It counts as his own withdrawal, and who entered it is kept. Effects: case.withdrawn. Errors: CaseRefused
    without a wish, CaseHasChanged, NotNow, NotPermitted.
    """
    locked = lock_for("withdraw", case, permit="case.resolve", by=by, seen=seen)
    said = wish.replace("\x00", "").strip()
    if not said:
        raise CaseRefused(_("Say who told us that nothing is needed any more, and how."))
    entered = {"wish": said, "ended_by_id": person_id(by)}
    return _withdrawn(locked, entered, {"for_customer": True}, by=by, at=clock.instant(at))


def _withdrawn(
    case: Case, entered: dict[str, Any], facts: dict[str, Any], *, by: Actor, at: datetime
) -> Case:
    ended = end_work(case, at)
    Closure.objects.create(case=case, how=How.WITHDRAWN, ended_at=at, **entered, **turns_of(case, at))
    until_at = reopenable_until(case, at)
    return change(
        case,
        "case.withdrawn",
        by=by,
        at=at,
        facts={"reopenable_until": until_at, **facts},
        columns={**ended, **into(State.CLOSED, at), "closed_at": at, "reopenable_until_at": until_at},
    )
