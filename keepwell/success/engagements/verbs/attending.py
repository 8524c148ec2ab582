"""Who takes part in an engagement, and what they say to the invitation."""

from __future__ import annotations

from datetime import datetime

from keepwell.customers.models import Contact
from keepwell.journal.recording import Actor, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.success.engagements.about import subject_of_attendee, subjects_of
from keepwell.success.engagements.inviting import invite, uninvite
from keepwell.success.engagements.models import Answer, Attendee, Engagement, State
from keepwell.success.engagements.queries import HOLDS
from keepwell.success.engagements.refusals import NotNow, NotOfThisAccount


@all_or_nothing()
def add_contact(
    engagement: Engagement, contact: Contact, *, by: Actor, at: datetime | None = None
) -> Attendee:
    """The contact takes part; where a time is set he is invited. One who does already stays as he is.

    Effects: attendee.added. Errors: NotOfThisAccount, NotNow, NotPermitted.
    """
    permits.require(by, HOLDS)
    if contact.account_id != engagement.account_id or contact.erased_at or contact.merged_into_id:
        raise NotOfThisAccount
    return _add(engagement, contact=contact, by=by, at=clock.instant(at))


@all_or_nothing()
def add_colleague(engagement: Engagement, user: User, *, by: Actor, at: datetime | None = None) -> Attendee:
    """Somebody of ours takes part. Effects: attendee.added. Errors: NotOfThisAccount, NotNow."""
    permits.require(by, HOLDS)
    if not user.is_staff_member:
        raise NotOfThisAccount
    return _add(engagement, user=user, by=by, at=clock.instant(at))


@all_or_nothing()
def remove_attendee(attendee: Attendee, *, by: Actor, at: datetime | None = None) -> None:
    """He takes no part; where he was invited he is told. Done twice it does nothing more.

    Effects: attendee.removed. Errors: NotNow where it was held already.
    """
    permits.require(by, HOLDS)
    _lock_ahead(attendee.engagement)
    lock(attendee)
    if attendee.removed_at is not None:
        return
    attendee.removed_at = clock.instant(at)
    attendee.save(update_fields=["removed_at"])
    with caused_by():
        _record("attendee.removed", attendee, by=by, at=attendee.removed_at)
        uninvite(attendee, by=by, at=attendee.removed_at)


@all_or_nothing()
def answer(attendee: Attendee, said: str, *, by: Actor, at: datetime | None = None) -> Attendee:
    """He comes, does not, or perhaps. The same again is no news. Effects: attendee.answered.

    Errors: NotNow where nothing is scheduled any more.
    """
    permits.require(by, "engagement.take_part")
    at = clock.instant(at)
    if attendee.engagement.state != State.SCHEDULED:
        raise NotNow(attendee.engagement)
    lock(attendee)
    if attendee.answer != Answer(said):
        attendee.answer, attendee.answered_at = Answer(said), at
        attendee.save(update_fields=["answer", "answered_at"])
        _record("attendee.answered", attendee, by=by, at=at, answer=attendee.answer.value)
    return attendee


def _add(
    engagement: Engagement,
    *,
    contact: Contact | None = None,
    user: User | None = None,
    by: Actor,
    at: datetime,
) -> Attendee:
    _lock_ahead(engagement)
    attendee, is_new = Attendee.objects.select_for_update(of=("self",)).get_or_create(
        engagement=engagement, contact=contact, user=user, defaults={"added_at": at}
    )
    if not is_new and attendee.removed_at is None:
        return attendee
    if not is_new:
        attendee.removed_at, attendee.answer, attendee.answered_at = None, Answer.OPEN, None
        attendee.save(update_fields=["removed_at", "answer", "answered_at"])
    with caused_by():
        _record("attendee.added", attendee, by=by, at=at)
        if engagement.state == State.SCHEDULED:
            invite(engagement, by=by, at=at)
    return attendee


def _lock_ahead(engagement: Engagement) -> None:
    lock(engagement)
    if not engagement.is_ahead:
        raise NotNow(engagement)


def _record(kind: str, attendee: Attendee, *, by: Actor, at: datetime, **facts: str) -> None:
    about = [*subjects_of(attendee.engagement), subject_of_attendee(attendee)]
    told = {"engagement": attendee.engagement_id, "attendee": attendee.pk, **facts}
    record(kind, by=by, at=at, subjects=about, facts=told)
