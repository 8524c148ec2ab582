"""Forming teams, joining and leaving them."""

from __future__ import annotations

from datetime import datetime

from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.staffing.models import Team, TeamMembership


@all_or_nothing()
def form_team(name: str, *, level: int, by: Actor, at: datetime | None = None) -> Team:
    """A team works cases of this level from now on. Effects: team.formed."""
    permits.require(by, "settings.teams")
    team = Team.objects.create(name=name.strip(), level=level)
    record("team.formed", by=by, at=at, subjects=[("team", team.pk)], facts={"level": level})
    return team


@all_or_nothing()
def join_team(team: Team, user: User, *, by: Actor, at: datetime | None = None) -> None:
    """The person belongs to the team; if he did already, nothing happens. Effects: team.joined."""
    permits.require(by, "settings.teams")
    _membership, is_new = TeamMembership.objects.get_or_create(
        team=team, user=user, defaults={"joined_at": clock.instant(at)}
    )
    if is_new:
        _record_member("team.joined", team, user, by=by, at=at)


@all_or_nothing()
def leave_team(team: Team, user: User, *, by: Actor, at: datetime | None = None) -> None:
    """The person no longer belongs to the team. Effects: team.left."""
    permits.require(by, "settings.teams")
    gone, _each = TeamMembership.objects.filter(team=team, user=user).delete()
    if gone:
        _record_member("team.left", team, user, by=by, at=at)


@all_or_nothing()
def dissolve_team(team: Team, *, by: Actor, at: datetime | None = None) -> None:
    """No case goes to this team any more; its past stays readable. Effects: team.dissolved."""
    permits.require(by, "settings.teams")
    if Team.objects.filter(pk=team.pk, is_active=True).update(is_active=False):
        record("team.dissolved", by=by, at=at, subjects=[("team", team.pk)])


def _record_member(kind: str, team: Team, user: User, *, by: Actor, at: datetime | None) -> None:
    record(kind, by=by, at=at, subjects=[("team", team.pk), user.actor_ref], facts={"person": user.pk})
