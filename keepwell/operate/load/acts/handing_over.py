"""Who works on a case, at which level, and how grave it is."""

from __future__ import annotations

from datetime import datetime

from keepwell.cases.models import Escalation, SeverityChange
from keepwell.cases.ownership import owner_after
from keepwell.cases.words import HandOffState
from keepwell.imports.in_bulk.rows import made
from keepwell.imports.in_bulk.sheet import ActorRef
from keepwell.operate.demo.stories import Act
from keepwell.operate.load.under_way import UnderWay


def assign(work: UnderWay, act: Act) -> None:
    case, to = work.case, work.places.staff[act.given["to"]]
    if case.assignee_id == to:
        return
    owner = owner_after(owner=case.owner_id, assignee=case.assignee_id, to=to)
    facts = {"from_assignee": case.assignee_id, "assignee": to, "owner": owner, "team": case.team_id}
    work.write(act.at, assignee_id=to, owner_id=owner)
    work.record("case.assigned", by=work.staff(act.who), at=act.at, cause=work.sheet.new_cause(), facts=facts)


def change_severity(work: UnderWay, act: Act) -> None:
    case, at, by = work.case, act.at, work.staff(act.who)
    correction, severity = act.given["correction"], act.given["severity"]
    work.sheet.add(
        made(
            SeverityChange,
            case_id=case.id,
            from_severity=case.severity,
            to_severity=severity,
            is_correction=correction,
            reason="Chosen by mistake in the form" if correction else "",
            changed_by_id=by[1],
            changed_at=at,
        )
    )
    facts = {"from_severity": case.severity, "to_severity": severity, "correction": correction}
    work.write(at, severity=severity)
    work.record("case.severity_changed", by=by, at=at, cause=work.sheet.new_cause(), facts=facts)


def escalate(work: UnderWay, act: Act) -> None:
    case, by, at, given = work.case, work.staff(act.who), act.at, act.given
    asked = work.hand_off = work.sheet.add(
        made(
            Escalation,
            id=work.sheet.ids.next_of(Escalation),
            case_id=case.id,
            from_level=case.level,
            from_team_id=case.team_id,
            from_assignee_id=case.assignee_id or by[1],
            to_level=given["level"],
            to_team_id=work.places.teams[given["level"]],
            known=given["known"].strip(),
            tried=given["tried"].strip(),
            needed=given["needed"].strip(),
            state=HandOffState.REQUESTED.value,
            requested_by_id=by[1],
            requested_at=at,
        )
    )
    facts = {
        "escalation": asked.id,
        "from_level": asked.from_level,
        "to_level": asked.to_level,
        "from_team": asked.from_team_id,
        "to_team": asked.to_team_id,
    }
    work.write(at, owner_id=case.owner_id or by[1], assignee_id=case.assignee_id or by[1])
    work.record("case.escalated", by=by, at=at, cause=work.sheet.new_cause(), facts=facts)


def accept(work: UnderWay, act: Act) -> None:
    case, by, asked = work.case, work.staff(act.who), _asked(work)
    asked.state, asked.accepted_by_id, asked.accepted_at = HandOffState.ACCEPTED.value, by[1], act.at
    if (case.level, case.team_id) != (asked.to_level, asked.to_team_id):
        work.leave(act.at)
        case.level, case.team_id = asked.to_level, asked.to_team_id
        work.enter(act.at)
    work.write(act.at, assignee_id=by[1], owner_id=case.owner_id or by[1])
    _record_place(work, "case.escalation_accepted", asked, by, act.at)


def return_(work: UnderWay, act: Act) -> None:
    by, asked = work.staff(act.who), _asked(work)
    asked.state, asked.return_reason = HandOffState.RETURNED.value, act.given["reason"]
    asked.ended_by_id, asked.ended_at = by[1], act.at
    work.write(act.at)
    _record_place(work, "case.escalation_returned", asked, by, act.at)


def _record_place(work: UnderWay, kind: str, asked: Escalation, by: ActorRef, at: datetime) -> None:
    case = work.case
    facts = {
        "escalation": asked.id,
        "level": case.level,
        "team": case.team_id,
        "assignee": case.assignee_id,
    }
    work.record(kind, by=by, at=at, cause=work.sheet.new_cause(), facts=facts)


def _asked(work: UnderWay) -> Escalation:
    """The hand-off that is answered. Errors: LookupError in a story that answers what nobody asked."""
    if work.hand_off is None:
        raise LookupError("nothing was handed over")
    return work.hand_off
