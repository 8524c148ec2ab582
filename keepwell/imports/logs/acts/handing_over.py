"""How grave it is, at which level, and in which team: as the row says, where it says so."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.cases.models import Escalation, SeverityChange
from keepwell.cases.states import State
from keepwell.cases.words import HandOffState
from keepwell.imports.in_bulk.rows import made
from keepwell.imports.logs.events import Event
from keepwell.imports.logs.under_way import UnderWay


def take_place(work: UnderWay, event: Event) -> None:
    """What the row says of severity, level and team is so from now on. Said again, it leaves nothing."""
    case = work.case
    if event.severity and event.severity != case.severity and (case.is_open or case.state == State.RESOLVED):
        _change_severity(work, event.severity, event.at)
    if not case.is_open:
        return
    level, team = event.level or case.level, event.team or case.team_id
    if level != case.level:
        _hand_over(work, level, team, event.at)
    elif team != case.team_id:
        _move(work, level, team, event.at)
        facts = {"from_assignee": None, "assignee": None, "owner": None, "team": team}
        work.record("case.assigned", event.at, facts)


def _change_severity(work: UnderWay, severity: str, at: datetime) -> None:
    before = work.case.severity
    work.sheet.add(
        made(
            SeverityChange,
            case_id=work.case.pk,
            from_severity=before,
            to_severity=severity,
            is_correction=False,
            changed_at=at,
        )
    )
    work.write(at, severity=severity)
    facts = {"from_severity": before, "to_severity": severity, "correction": False}
    work.record("case.severity_changed", at, facts)


def _hand_over(work: UnderWay, level: int, team: int | None, at: datetime) -> None:
    """Asked for and accepted in one: a log says when a case was there, and not when somebody asked."""
    case, cause, no_words = work.case, work.sheet.new_cause(), _("The log has no words.")
    asked = work.sheet.add(
        made(
            Escalation,
            id=work.sheet.ids.next_of(Escalation),
            case_id=case.pk,
            from_level=case.level,
            from_team_id=case.team_id,
            to_level=level,
            to_team_id=team,
            known=no_words,
            tried=no_words,
            needed=no_words,
            state=HandOffState.ACCEPTED.value,
            requested_at=at,
            accepted_at=at,
        )
    )
    journey = {"from_level": case.level, "to_level": level, "from_team": case.team_id, "to_team": team}
    work.write(at)
    work.record("case.escalated", at, {"escalation": asked.pk, **journey}, cause=cause)
    _move(work, level, team, at)
    facts = {"escalation": asked.pk, "level": level, "team": team, "assignee": None}
    work.record("case.escalation_accepted", at, facts, cause=cause)


def _move(work: UnderWay, level: int, team: int | None, at: datetime) -> None:
    work.leave(at)
    work.write(at, level=level, team_id=team)
    work.enter(at)
