"""Who works on it now, and whom the customer deals with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.cases.changing import change
from keepwell.cases.locking import lock_for
from keepwell.cases.models import Case
from keepwell.cases.ownership import owner_after
from keepwell.cases.refusals import CaseRefused
from keepwell.cases.staying import move
from keepwell.cases.workers import require_team, require_worker
from keepwell.journal.recording import Actor
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.staffing.models import Team


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """Who is to work on it (None: nobody, it waits in the team's list), in which team (None: as it is)."""

    to: User | None
    team: Team | None = None


@all_or_nothing()
def assign(
    case: Case, assignment: Assignment, *, seen: int | None = None, by: Actor, at: datetime | None = None
) -> Case:
    """Somebody works on it from now on. While it is not handed on he becomes the customer's person, too.

    Given to whoever has it, nothing changes. Effects: case.assigned. Errors: CaseRefused for somebody who
    does not work on cases of this level, or a team of another; CaseHasChanged, NotNow, NotPermitted.
    """
    locked = lock_for("assign", case, permit="case.assign", by=by, seen=seen)
    at, to = clock.instant(at), assignment.to
    _require_fitting(locked, assignment)
    team_id = assignment.team.pk if assignment.team else locked.team_id
    if (locked.assignee_id, locked.team_id) == (to.pk if to else None, team_id):
        return locked
    return _give(locked, to, team_id, by=by, at=at)


@all_or_nothing()
def change_owner(
    case: Case, to: User, *, seen: int | None = None, by: Actor, at: datetime | None = None
) -> Case:
    """The customer deals with somebody else from now on; who works on it stays.

    Effects: case.owner_changed. Errors: CaseRefused for somebody who may not answer customers,
    CaseHasChanged, NotNow, NotPermitted.
    """
    locked = lock_for("assign", case, permit="case.assign", by=by, seen=seen)
    if not to.is_staff_member or not permits.may(to, "case.reply"):
        raise CaseRefused(_("%(name)s does not answer customers. Choose somebody else.") % {"name": to})
    if locked.owner_id == to.pk:
        return locked
    facts = {"from_owner": locked.owner_id, "owner": to.pk}
    at = clock.instant(at)
    return change(locked, "case.owner_changed", by=by, at=at, facts=facts, columns={"owner_id": to.pk})


def _require_fitting(case: Case, assignment: Assignment) -> None:
    if assignment.to:
        require_worker(assignment.to, case.level)
    if assignment.team:
        require_team(assignment.team, case.level)


def _give(case: Case, to: User | None, team_id: int | None, *, by: Actor, at: datetime) -> Case:
    to_id = to.pk if to else None
    owner_id = owner_after(owner=case.owner_id, assignee=case.assignee_id, to=to_id)
    facts = {"from_assignee": case.assignee_id, "assignee": to_id, "owner": owner_id, "team": team_id}
    move(case, level=case.level, team_id=team_id, at=at)
    columns = {"assignee_id": to_id, "owner_id": owner_id, "team_id": team_id}
    return change(case, "case.assigned", by=by, at=at, facts=facts, columns=columns)
