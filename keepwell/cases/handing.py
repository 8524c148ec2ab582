"""The hand-off that counts now, and what its answer does to the case."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.cases.changing import change
from keepwell.cases.locking import person_id
from keepwell.cases.models import Case, Escalation
from keepwell.cases.refusals import CaseRefused
from keepwell.cases.staying import move
from keepwell.cases.words import HandOffState
from keepwell.journal.recording import Actor
from keepwell.people.models import User


def requested(case: Case) -> Escalation | None:
    """The hand-off that waits for an answer, if one does."""
    return Escalation.objects.filter(case=case, state=HandOffState.REQUESTED).first()


def answerable(case: Case) -> Escalation:
    """The hand-off that can be returned or taken back: the one asked for, else the last one accepted.

    Accepted ones lie on one another as the case went from level to level. Errors: CaseRefused without one.
    """
    accepted = Escalation.objects.filter(case=case, state=HandOffState.ACCEPTED).order_by(
        "-accepted_at", "-pk"
    )
    found = requested(case) or accepted.first()
    if found is None:
        raise CaseRefused(_("#%(number)s was not handed over by anybody.") % {"number": case.number})
    return found


def take_over(case: Case, escalation: Escalation, worker: User | None, *, by: Actor, at: datetime) -> Case:
    """The case goes to the asked level and team, and this person works on it."""
    escalation.state = HandOffState.ACCEPTED
    escalation.accepted_by_id, escalation.accepted_at = person_id(by), at
    escalation.save(update_fields=["state", "accepted_by", "accepted_at"])
    return _go(
        case,
        "case.escalation_accepted",
        escalation,
        to=(escalation.to_level, escalation.to_team_id, worker.pk if worker else None),
        by=by,
        at=at,
    )


def give_back(case: Case, escalation: Escalation, kind: str, *, by: Actor, at: datetime) -> Case:
    """The case is again where it came from. Had nobody accepted it, it never left."""
    place = case.level, case.team_id, case.assignee_id
    if escalation.accepted_at is not None:
        place = escalation.from_level, escalation.from_team_id, escalation.from_assignee_id or case.owner_id
    return _go(case, kind, escalation, to=place, by=by, at=at)


def write_end(
    escalation: Escalation, state: HandOffState, *, by: Actor, at: datetime, reason: str = ""
) -> None:
    escalation.state, escalation.return_reason = state, reason
    escalation.ended_by_id, escalation.ended_at = person_id(by), at
    escalation.save(update_fields=["state", "return_reason", "ended_by", "ended_at"])


def _go(
    case: Case,
    kind: str,
    escalation: Escalation,
    *,
    to: tuple[int, int | None, int | None],
    by: Actor,
    at: datetime,
) -> Case:
    level, team_id, assignee_id = to
    move(case, level=level, team_id=team_id, at=at)
    return change(
        case,
        kind,
        by=by,
        at=at,
        facts={"escalation": escalation.pk, "level": level, "team": team_id, "assignee": assignee_id},
        columns={
            "level": level,
            "team_id": team_id,
            "assignee_id": assignee_id,
            "owner_id": case.owner_id or assignee_id,
        },
    )
