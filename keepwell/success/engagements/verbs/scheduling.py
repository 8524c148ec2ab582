"""An engagement gets its time, or another one."""

from __future__ import annotations

from datetime import datetime, timedelta

from keepwell.journal.recording import Actor, caused_by
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock_key
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.success.engagements.checking import checked_minutes
from keepwell.success.engagements.inviting import invite
from keepwell.success.engagements.models import Answer, Engagement, State
from keepwell.success.engagements.proposing import is_free_for
from keepwell.success.engagements.queries import HOLDS
from keepwell.success.engagements.refusals import InThePast, NobodyHolds, TimeTaken
from keepwell.success.engagements.standing import lock_for, stand, tell


@all_or_nothing()
def schedule(
    engagement: Engagement,
    starts_at: datetime,
    *,
    minutes: int | None = None,
    by: Actor,
    at: datetime | None = None,
) -> Engagement:
    """It has this time, and all who take part are invited. `minutes` is how long, None for as planned.

    Whoever holds it may have agreed it by phone: his hours are not asked, what he has then is. Ways to choose
    a time lead nowhere any more. Effects: engagement.scheduled, mail.queued. Errors: NotNow, NobodyHolds,
    InThePast, TimeTaken, NotPermitted.
    """
    permits.require(by, HOLDS)
    lock_host(engagement)
    lock_for(engagement, "schedule")
    at, starts_at = clock.instant(at), clock.instant(starts_at)
    lasts = checked_minutes(minutes or engagement.lasts_minutes)
    require_free(engagement, starts_at, lasts, at=at)
    set_time(engagement, starts_at, lasts, is_booked=False, by=by, at=at)
    return engagement


@all_or_nothing()
def move(
    engagement: Engagement,
    starts_at: datetime,
    *,
    minutes: int | None = None,
    by: Actor,
    at: datetime | None = None,
) -> Engagement:
    """It has another time: counted, and everybody is asked anew. The same time again is no news.

    Effects: engagement.moved, mail.queued. Errors: as of `schedule`.
    """
    permits.require(by, HOLDS)
    lock_host(engagement)
    lock_for(engagement, "move")
    at, starts_at = clock.instant(at), clock.instant(starts_at)
    lasts = checked_minutes(minutes or engagement.lasts_minutes)
    ends_at, before = starts_at + timedelta(minutes=lasts), engagement.starts_at
    if (engagement.starts_at, engagement.ends_at) == (starts_at, ends_at):
        return engagement
    require_free(engagement, starts_at, lasts, at=at)
    counted = engagement.reschedules + 1
    times = {"starts_at": starts_at, "ends_at": ends_at}
    stand(engagement, "move", at, **times, lasts_minutes=lasts, reschedules=counted)
    engagement.attendees.filter(removed_at=None).update(answer=Answer.OPEN, answered_at=None)
    with caused_by():
        invite(engagement, by=by, at=at)
        engagement.time_sequence = engagement.sequence or 0
        engagement.save(update_fields=["time_sequence"])
        facts = {**times, "sequence": engagement.sequence, "reschedules": counted}
        tell("engagement.moved", engagement, by=by, at=at, from_starts_at=before, **facts)
    return engagement


def hand_to(engagement: Engagement, host: User, *, by: Actor, at: datetime) -> Engagement:
    """The caller has asked for the permit. Effects: engagement.given, mail.queued. Errors: TimeTaken."""
    lock_key(f"engagements of {host.pk}")
    engagement.refresh_from_db(from_queryset=Engagement.objects.select_for_update())
    if engagement.host_id == host.pk:
        return engagement
    if engagement.state == State.SCHEDULED:
        assert engagement.starts_at is not None
        assert engagement.ends_at is not None
        if not is_free_for(host.pk, (engagement.starts_at, engagement.ends_at), but=engagement):
            raise TimeTaken
    engagement.host, engagement.changed_at = host, at
    engagement.save(update_fields=["host", "changed_at"])
    with caused_by():
        tell("engagement.given", engagement, by=by, at=at, host=host.pk)
        if engagement.state == State.SCHEDULED:
            invite(engagement, by=by, at=at)
    return engagement


def set_time(
    engagement: Engagement, starts_at: datetime, minutes: int, *, is_booked: bool, by: Actor, at: datetime
) -> None:
    """The time is set and everybody invited; what was offered is done with. Effects: engagement.scheduled."""
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=minutes)}
    told_at = engagement.told_at or at
    stand(engagement, "schedule", at, **times, lasts_minutes=minutes, told_at=told_at)
    engagement.offered.all().delete()
    engagement.booking_links.filter(used_at=None, revoked_at=None).update(revoked_at=at)
    with caused_by():
        invite(engagement, by=by, at=at)
        facts = {**times, "sequence": engagement.sequence, "booked": is_booked}
        tell("engagement.scheduled", engagement, by=by, at=at, **facts)


def lock_host(engagement: Engagement) -> None:
    """Two times of one person are judged one after the other. Errors: NobodyHolds."""
    if engagement.host_id is None:
        raise NobodyHolds
    lock_key(f"engagements of {engagement.host_id}")


def require_free(engagement: Engagement, starts_at: datetime, minutes: int, *, at: datetime) -> None:
    """Errors: InThePast, TimeTaken. The caller holds the lock of the host."""
    if starts_at <= at:
        raise InThePast
    assert engagement.host_id is not None
    span = (starts_at, starts_at + timedelta(minutes=minutes))
    if not is_free_for(engagement.host_id, span, but=engagement):
        raise TimeTaken
