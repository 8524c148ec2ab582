"""The people who stand around what an entry is about: read only as far as the table of audiences asks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from keepwell.cases.models import Case
from keepwell.conversations.models import Message
from keepwell.journal.models import Entry
from keepwell.notices.audience import AUDIENCE, Stand
from keepwell.notices.happenings import Happening
from keepwell.notices.matters import Matter
from keepwell.people.models import Role, User
from keepwell.people.permits import roles_with
from keepwell.side_threads.models import SideMessage, SideThread
from keepwell.staffing.models import TeamMembership
from keepwell.staffing.queries import staff
from keepwell.success.portfolios.models import HandOver

PLACES = "triage.place"


@dataclass(frozen=True, kw_only=True)
class About:
    """What happened and the case it is about, or else the matter; None for what is about neither."""

    entry: Entry
    case: Case | None
    matter: Matter | None = None


def people_around(happening: Happening, about: About) -> Mapping[Stand, Collection[int]]:
    """Who stands where, by the stands that are told of this happening."""
    return {stand: STANDS[stand](about) for stand in AUDIENCE[happening]}


def staff_with(permit: str) -> QuerySet[User]:
    """The staff whose roles allow it, by name."""
    return staff().filter(grants__role__in=roles_with(permit))


def _worker(about: About) -> Collection[int]:
    case = about.case
    return _known(case.assignee_id or case.owner_id) if case else ()


def _owner(about: About) -> Collection[int]:
    return _known(about.case.owner_id) if about.case else ()


def _responsible(about: About) -> Collection[int]:
    return _worker(about) or _team(about)


def _team(about: About) -> Collection[int]:
    """The people of the case's team; before it has one, of the teams at its level."""
    case = about.case
    if case is None:
        return ()
    return _members(Q(team=case.team_id) if case.team_id else Q(team__level=case.level))


def _asked(about: About) -> Collection[int]:
    """The people of the team asked to take over; of all teams at the level where none was named."""
    team, level = about.entry.fact("to_team"), about.entry.fact("to_level")
    return _members(Q(team=team) if team else Q(team__level=level))


def _members(of_teams: Q) -> Collection[int]:
    found = TeamMembership.objects.filter(of_teams, team__is_active=True)
    return set(found.values_list("user", flat=True))


def _writer(about: About) -> Collection[int]:
    aside = about.entry.fact("side_message")
    if aside is not None:
        return _known(SideMessage.objects.filter(pk=aside).values_list("author", flat=True).first())
    message = Message.objects.filter(pk=about.entry.fact("message"))
    return _known(message.values_list("author_user", flat=True).first())


def _asker(about: About) -> Collection[int]:
    thread = SideThread.objects.filter(pk=about.entry.fact("side_thread"))
    return _known(thread.values_list("begun_by", flat=True).first())


def _placers(about: About) -> Collection[int]:
    return set(staff_with(PLACES).values_list("pk", flat=True))


def _called(about: About) -> Collection[int]:
    return _known(about.entry.fact("person"))


def _leads(about: About) -> Collection[int]:
    return set(staff().filter(grants__role=Role.LEAD).values_list("pk", flat=True))


def _keeper(about: About) -> Collection[int]:
    return _known(about.matter.keeper) if about.matter else ()


def _giver(about: About) -> Collection[int]:
    asked = HandOver.objects.filter(pk=about.entry.fact("hand_over"))
    return _known(asked.values_list("begun_by", flat=True).first())


def _known(person: int | None) -> Collection[int]:
    return () if person is None else (person,)


STANDS: Mapping[Stand, Callable[[About], Collection[int]]] = {
    Stand.WORKER: _worker,
    Stand.OWNER: _owner,
    Stand.RESPONSIBLE: _responsible,
    Stand.TEAM: _team,
    Stand.ASKED: _asked,
    Stand.WRITER: _writer,
    Stand.ASKER: _asker,
    Stand.PLACERS: _placers,
    Stand.CALLED: _called,
    Stand.LEADS: _leads,
    Stand.KEEPER: _keeper,
    Stand.GIVER: _giver,
}
