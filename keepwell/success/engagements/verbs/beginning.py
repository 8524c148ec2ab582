"""An engagement is asked for, or proposed by us."""

from __future__ import annotations

from datetime import datetime

from keepwell.customers.models import Account
from keepwell.journal.recording import Actor, caused_by
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.success.engagements.checking import checked_minutes, checked_subject
from keepwell.success.engagements.models import REACTIVE, Engagement, Kind, Origin, State
from keepwell.success.engagements.new_engagement import NewEngagement
from keepwell.success.engagements.queries import HOLDS
from keepwell.success.engagements.refusals import NotNow, NotSomebodyWhoHolds
from keepwell.success.engagements.standing import tell
from keepwell.success.engagements.verbs.attending import add_contact
from keepwell.success.engagements.verbs.scheduling import hand_to

WITHOUT_A_TIME = (State.REQUESTED, State.PROPOSED)


@all_or_nothing()
def begin(account: Account, new: NewEngagement, *, by: Actor, at: datetime | None = None) -> Engagement:
    """There is an engagement from now on: asked for where something asked, else proposed by us.

    A customer sees it at once if he asked for it himself, and otherwise once times are offered or one is set.
    Effects: engagement.begun; attendee.added for each contact. Errors: NotSomebodyWhoHolds,
    NotOfThisAccount, EngagementRefused; ValueError for an origin without its number.
    """
    permits.require(by, HOLDS)
    origin, at = Origin(new.origin), clock.instant(at)
    if (new.origin_id is None) != (origin is Origin.BY_HAND):
        raise ValueError(f"{origin} and the number {new.origin_id} do not fit")
    require_holder(new.host)
    engagement = Engagement.objects.create(
        account=account,
        kind=Kind(new.kind),
        subject=checked_subject(new.subject),
        state=State.REQUESTED if origin in REACTIVE else State.PROPOSED,
        origin=origin,
        origin_id=new.origin_id,
        cadence_id=new.origin_id if origin is Origin.CADENCE else None,
        asked_by=new.asked_by,
        host=new.host,
        wanted_on=new.wanted_on,
        lasts_minutes=checked_minutes(new.lasts_minutes),
        agenda=new.agenda.replace("\x00", "").strip(),
        told_at=at if new.asked_by else None,
        begun_at=at,
        changed_at=at,
    )
    with caused_by():
        facts = {"kind": engagement.kind, "origin": origin.value, "origin_id": new.origin_id}
        tell("engagement.begun", engagement, by=by, at=at, reactive=origin in REACTIVE, **facts)
        for contact in new.contacts:
            add_contact(engagement, contact, by=by, at=at)
    return engagement


@all_or_nothing()
def give_to(engagement: Engagement, host: User, *, by: Actor, at: datetime | None = None) -> Engagement:
    """Somebody else of ours holds it. Nothing is done where he does already. Effects: engagement.given.

    One that is scheduled has to suit him as well; those invited are told by a new invitation.
    Errors: NotSomebodyWhoHolds, TimeTaken, NotNow.
    """
    permits.require(by, HOLDS)
    require_holder(host)
    return hand_to(engagement, host, by=by, at=clock.instant(at))


@all_or_nothing()
def release_holder(engagement: Engagement, *, by: Actor, at: datetime | None = None) -> Engagement:
    """Nobody holds it until somebody is found; done twice it does nothing more. Effects: engagement.released.

    Errors: NotNow where it has a time, or was held: somebody of ours is expected there.
    """
    permits.require(by, HOLDS)
    engagement.refresh_from_db(from_queryset=Engagement.objects.select_for_update())
    if engagement.state not in WITHOUT_A_TIME:
        raise NotNow(engagement)
    if engagement.host_id is not None:
        tell("engagement.released", engagement, by=by, at=clock.instant(at))
        engagement.host, engagement.changed_at = None, clock.instant(at)
        engagement.save(update_fields=["host", "changed_at"])
    return engagement


def require_holder(host: User | None) -> None:
    """Errors: NotSomebodyWhoHolds."""
    if host is not None and not (host.is_staff_member and permits.may(host, HOLDS)):
        raise NotSomebodyWhoHolds
