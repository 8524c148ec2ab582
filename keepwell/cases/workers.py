"""Whether somebody may be given a case at all, and at this level."""

from __future__ import annotations

from django.utils.translation import gettext as _

from keepwell.cases.levels import may_work_at
from keepwell.cases.refusals import CaseRefused
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.staffing.models import Team


def require_worker(user: User, level: int) -> None:
    """Errors: CaseRefused for somebody who does not work cases, or not those of this level."""
    if not user.is_staff_member or not permits.may(user, "case.take_hand_off"):
        raise CaseRefused(_("%(name)s does not work on cases. Choose somebody else.") % {"name": user})
    if not may_work_at(level, user.roles):
        raise CaseRefused(
            _("Level 3 is for technical consultants and engineers; %(name)s is neither. Choose another.")
            % {"name": user}
        )


def require_team(team: Team, level: int) -> None:
    """Errors: CaseRefused for a team that is no more, or works at another level."""
    if not team.is_active:
        raise CaseRefused(_("The team %(name)s is no longer there. Choose another one.") % {"name": team})
    if team.level != level:
        raise CaseRefused(
            _("The team %(name)s works at level %(level)s. Hand the case over to that level instead.")
            % {"name": team, "level": team.level}
        )
