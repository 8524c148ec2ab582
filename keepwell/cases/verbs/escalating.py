"""Handing a case to another level or team: asked for, accepted, returned with a reason, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.cases.changing import change
from keepwell.cases.hand_off import HandOff
from keepwell.cases.handing import answerable, give_back, requested, take_over, write_end
from keepwell.cases.levels import FIRST, LAST, is_elsewhere
from keepwell.cases.locking import lock_for, person_id
from keepwell.cases.models import Case, Escalation
from keepwell.cases.refusals import CaseRefused, TooLittle
from keepwell.cases.words import HandOffState
from keepwell.cases.workers import require_team, require_worker
from keepwell.journal.recording import Actor
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people.models import User
from keepwell.staffing.models import Team


@dataclass(frozen=True, kw_only=True)
class Destination:
    """The level, and the team there (None: whoever takes it)."""

    level: int
    team: Team | None = None


@all_or_nothing()
def escalate(
    case: Case,
    to: Destination,
    hand_off: HandOff,
    *,
    seen: int | None = None,
    by: Actor,
    at: datetime | None = None,
) -> Case:
    """Another level is asked to take the case. Until somebody there accepts it stays with whoever has it.

    A case that nobody had belongs from now on to whoever asks, so that the customer has one person.
    Effects: case.escalated. Errors: TooLittle, naming the parts that are missing; CaseRefused where it
    would lead nowhere or is asked for already; CaseHasChanged, NotNow, NotPermitted.
    """
    locked = lock_for("escalate", case, permit="case.escalate", by=by, seen=seen)
    at = clock.instant(at)
    _require_sensible(locked, to, hand_off)
    escalation = _ask(locked, to, hand_off, by=by, at=at)
    keeper = person_id(by)
    return change(
        locked,
        "case.escalated",
        by=by,
        at=at,
        facts=_journey(escalation),
        columns={"owner_id": locked.owner_id or keeper, "assignee_id": locked.assignee_id or keeper},
    )


@all_or_nothing()
def accept(
    case: Case, *, to: User | None = None, seen: int | None = None, by: Actor, at: datetime | None = None
) -> Case:
    """The asked level takes the case; `to` works on it (whoever accepts, if None). Its owner stays.

    Effects: case.escalation_accepted. Errors: CaseRefused where nothing is to be accepted, or `to` does
    not work at that level; CaseHasChanged, NotNow, NotPermitted.
    """
    locked = lock_for("answer_hand_off", case, permit="case.take_hand_off", by=by, seen=seen)
    at = clock.instant(at)
    escalation = requested(locked)
    if escalation is None:
        raise CaseRefused(_("Nobody asks to hand #%(number)s over any more.") % {"number": locked.number})
    worker = to or (by if isinstance(by, User) else None)
    if worker is not None:
        require_worker(worker, escalation.to_level)
    return take_over(locked, escalation, worker, by=by, at=at)


@all_or_nothing()
def return_(
    case: Case, reason: str, *, seen: int | None = None, by: Actor, at: datetime | None = None
) -> Case:
    """The case goes back to whoever handed it over, with a reason, before or after it was accepted.

    Effects: case.escalation_returned. Errors: CaseRefused without a reason or a hand-off, CaseHasChanged,
    NotNow, NotPermitted.
    """
    locked = lock_for("answer_hand_off", case, permit="case.take_hand_off", by=by, seen=seen)
    at, reason = clock.instant(at), reason.replace("\x00", "").strip()
    if not reason:
        raise CaseRefused(_("Say why the case goes back: whoever gets it has to know."))
    escalation = answerable(locked)
    write_end(escalation, HandOffState.RETURNED, by=by, at=at, reason=reason)
    return give_back(locked, escalation, "case.escalation_returned", by=by, at=at)


@all_or_nothing()
def take_back_handoff(case: Case, *, seen: int | None = None, by: Actor, at: datetime | None = None) -> Case:
    """Whoever handed it over wants it back, before or after it was accepted.

    Effects: case.escalation_taken_back. Errors: CaseRefused without a hand-off, CaseHasChanged, NotNow,
    NotPermitted.
    """
    locked = lock_for("answer_hand_off", case, permit="case.escalate", by=by, seen=seen)
    at = clock.instant(at)
    escalation = answerable(locked)
    write_end(escalation, HandOffState.TAKEN_BACK, by=by, at=at)
    return give_back(locked, escalation, "case.escalation_taken_back", by=by, at=at)


def _require_sensible(case: Case, to: Destination, hand_off: HandOff) -> None:
    if hand_off.missing:
        raise TooLittle(hand_off.missing)
    if not FIRST <= to.level <= LAST:
        raise CaseRefused(_("There are the levels 1, 2 and 3."))
    if to.team:
        require_team(to.team, to.level)
    if not is_elsewhere(case.level, case.team_id, to.level, to.team.pk if to.team else None):
        raise CaseRefused(
            _("#%(number)s is there already. Choose another level or team.") % {"number": case.number}
        )
    if requested(case):
        raise CaseRefused(
            _("#%(number)s is being handed over already. Take that back first.") % {"number": case.number}
        )


def _ask(case: Case, to: Destination, hand_off: HandOff, *, by: Actor, at: datetime) -> Escalation:
    return Escalation.objects.create(
        case=case,
        from_level=case.level,
        from_team_id=case.team_id,
        from_assignee_id=case.assignee_id or person_id(by),
        to_level=to.level,
        to_team=to.team,
        known=hand_off.known.strip(),
        tried=hand_off.tried.strip(),
        needed=hand_off.needed.strip(),
        requested_by_id=person_id(by),
        requested_at=at,
    )


def _journey(escalation: Escalation) -> dict[str, int | None]:
    return {
        "escalation": escalation.pk,
        "from_level": escalation.from_level,
        "to_level": escalation.to_level,
        "from_team": escalation.from_team_id,
        "to_team": escalation.to_team_id,
    }
