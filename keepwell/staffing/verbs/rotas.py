"""Who is on call by turns, and who stands in."""

from __future__ import annotations

import zoneinfo
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.refusals import Refused
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.staffing.models import Rota, RotaPlace, StandIn, Team

PERMIT = "settings.teams"


class RotaRefused(Refused):
    """Turns that cannot be taken."""


@dataclass(frozen=True, kw_only=True)
class RotaTerms:
    """What a rota says besides its people; times of day on the wall of its zone."""

    name: str
    time_zone: str
    starts_on: date
    hands_over_at: time = time(9)
    weeks_each: int = 1
    from_at: time = time(0)
    until_at: time = time(0)
    answer_within_minutes: int = 15


@all_or_nothing()
def set_rota(
    team: Team,
    terms: RotaTerms,
    people: Sequence[User],
    *,
    rota: Rota | None = None,
    by: Actor,
    at: datetime | None = None,
) -> Rota:
    """These people are on call by turns, in this order; None makes a new rota of the team.

    Effects: rota.set. Errors: RotaRefused without people, for somebody twice, or for an unknown zone.
    """
    permits.require(by, PERMIT)
    _require_sensible(terms, people)
    wanted = {**asdict(terms), "name": terms.name.strip(), "team": team}
    found = rota or Rota()
    for name, value in wanted.items():
        setattr(found, name, value)
    found.save()
    RotaPlace.objects.filter(rota=found).delete()
    RotaPlace.objects.bulk_create(
        RotaPlace(rota=found, user=user, place=place) for place, user in enumerate(people)
    )
    _record("rota.set", found, by, at, people=len(people))
    return found


@all_or_nothing()
def end_rota(rota: Rota, *, by: Actor, at: datetime | None = None) -> None:
    """Nobody is on call by it from now on; ended again it is no news. Effects: rota.ended."""
    permits.require(by, PERMIT)
    if Rota.objects.filter(pk=rota.pk, ended_at=None).update(ended_at=clock.instant(at)):
        _record("rota.ended", rota, by, at)


@all_or_nothing()
def stand_in(
    rota: Rota, user: User, starts_at: datetime, ends_at: datetime, *, by: Actor, at: datetime | None = None
) -> StandIn:
    """The person is asked first between these instants. Effects: rota.stand_in_set. Errors: RotaRefused.

    People offer themselves, whoever sets up teams anybody.
    """
    if by.actor_ref != user.actor_ref:
        permits.require(by, PERMIT)
    if ends_at <= starts_at:
        raise RotaRefused(_("It ends before it begins. Nothing was saved."))
    made = StandIn.objects.create(rota=rota, user=user, starts_at=starts_at, ends_at=ends_at)
    _record("rota.stand_in_set", rota, by, at, person=user.pk, starts_at=starts_at, ends_at=ends_at)
    return made


@all_or_nothing()
def withdraw_stand_in(standing: StandIn, *, by: Actor, at: datetime | None = None) -> None:
    """The turns hold again. Effects: rota.stand_in_withdrawn."""
    if by.actor_ref != ("person", standing.user_id):
        permits.require(by, PERMIT)
    _record("rota.stand_in_withdrawn", standing.rota, by, at, person=standing.user_id)
    standing.delete()


def _require_sensible(terms: RotaTerms, people: Sequence[User]) -> None:
    if not people:
        raise RotaRefused(_("Choose who is on call. Nothing was saved."))
    if len({user.pk for user in people}) < len(people):
        raise RotaRefused(_("Somebody stands there twice. Nothing was saved."))
    if terms.time_zone not in zoneinfo.available_timezones():
        raise RotaRefused(_("There is no time zone %(zone)s. Nothing was saved.") % {"zone": terms.time_zone})


def _record(kind: str, rota: Rota, by: Actor, at: datetime | None, **facts: object) -> None:
    subjects = [("team", rota.team_id), ("rota", rota.pk)]
    record(kind, by=by, at=at, subjects=subjects, facts={"rota": rota.pk, **facts})
