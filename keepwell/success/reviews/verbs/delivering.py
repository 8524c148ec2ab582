"""A review goes its way: read by us, delivered to the customer, accepted by him."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from keepwell.conversations.authors import contact_id_of, staff_author
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock, lock_key
from keepwell.people import permits
from keepwell.success.engagements.models import Engagement, Kind, State
from keepwell.success.reviews.about import subjects_of
from keepwell.success.reviews.editing import lock_unfrozen
from keepwell.success.reviews.gathering.comparison import groups_given, groups_in
from keepwell.success.reviews.models import Review
from keepwell.success.reviews.peers import is_safe
from keepwell.success.reviews.queries import family_of
from keepwell.success.reviews.refusals import NotHis, ReviewRefused
from keepwell.success.reviews.sections import COMPARISON
from keepwell.success.reviews.states import ReviewState
from keepwell.success.road_maps.queries import speaks_for_account

# How far from its delivery an engagement lies that it belongs to.
AROUND = timedelta(days=60)
CALLED_OFF = (State.CANCELLED, State.DECLINED, State.NO_SHOW)


@all_or_nothing()
def hand_in(review: Review, *, by: Actor, at: datetime | None = None) -> None:
    """Colleagues read it before it goes out. Effects: review.handed_in. Errors: IsDelivered,
    ReviewRefused."""
    _move(review, ReviewState.DRAFT, ReviewState.INTERNAL, "review.handed_in", by=by, at=at)


@all_or_nothing()
def take_back(review: Review, *, by: Actor, at: datetime | None = None) -> None:
    """It is a draft again. Effects: review.taken_back. Errors: IsDelivered, ReviewRefused."""
    _move(review, ReviewState.INTERNAL, ReviewState.DRAFT, "review.taken_back", by=by, at=at)


@all_or_nothing()
def deliver(review: Review, *, by: Actor, at: datetime | None = None) -> None:
    """The customer reads it from now on, and nothing of it changes any more. It belongs to the engagement of
    its kind that lies nearest, if there is one. Effects: review.delivered.

    Errors: IsDelivered; ReviewRefused for a draft, one without a summary, or one whose comparison could be
    taken apart with what the same readers were given since it was assembled.
    """
    lock_unfrozen(review, by=by)
    if review.state != ReviewState.INTERNAL:
        raise ReviewRefused(_("Somebody of us reads it first: hand it in. Nothing was changed."))
    if not review.summary:
        raise ReviewRefused(_("Write the summary first: it is what is read. Nothing was changed."))
    _require_safe(review)
    at = clock.instant(at)
    review.engagement = _nearest(review, at)
    review.state = ReviewState.DELIVERED.value
    review.delivered_at, review.delivered_by_id = at, staff_author(by)
    review.save(update_fields=["engagement", "state", "delivered_at", "delivered_by"])
    facts = {"review": review.pk, "engagement": review.engagement_id}
    record("review.delivered", by=by, at=at, subjects=subjects_of(review), facts=facts)


@all_or_nothing()
def accept(review: Review, *, by: Any, at: datetime | None = None) -> None:
    """The customer has read it and agrees; once is enough. Only who speaks for the account.

    Effects: review.accepted. Errors: NotPermitted, NotHis.
    """
    permits.require(by, "review.accept")
    lock(review)
    contact_id = contact_id_of(by)
    if contact_id is None or not speaks_for_account(by, review.account_id):
        raise NotHis
    if review.state == ReviewState.ACCEPTED:
        return
    if review.state != ReviewState.DELIVERED:
        raise ReviewRefused(_("It is not delivered yet. Nothing was changed."))
    review.state = ReviewState.ACCEPTED.value
    review.accepted_at, review.accepted_by_id = clock.instant(at), contact_id
    review.save(update_fields=["state", "accepted_at", "accepted_by"])
    record("review.accepted", by=by, at=at, subjects=subjects_of(review), facts={"review": review.pk})


def _move(
    review: Review, from_: ReviewState, to: ReviewState, kind: str, *, by: Actor, at: datetime | None
) -> None:
    lock_unfrozen(review, by=by)
    if review.state == to:
        return
    if review.state != from_:
        raise ReviewRefused(_("It is not where it was any more. Read it again. Nothing was changed."))
    review.state = to.value
    review.save(update_fields=["state"])
    record(kind, by=by, at=at, subjects=subjects_of(review), facts={"review": review.pk})


def _require_safe(review: Review) -> None:
    """Nobody delivers another one meanwhile to who reads this one, too."""
    family = family_of(review.account)
    lock_key(f"reviews of {min(family)}")
    if not review.sections.filter(key=COMPARISON, is_shown=True).exists():
        return
    given = groups_given(family)
    if not all(is_safe([*given.get(metric, []), group]) for metric, group in groups_in(review.data).items()):
        raise ReviewRefused(
            _(
                "Another review was delivered since this one was assembled; with both, single accounts "
                "could be told from the comparison. Assemble it anew, or leave the comparison out. Nothing "
                "was changed."
            )
        )


def _nearest(review: Review, at: datetime) -> Engagement | None:
    rows = Engagement.objects.filter(
        account=review.account_id, kind=Kind.SYSTEM_REVIEW, reviews__isnull=True
    ).exclude(state__in=CALLED_OFF)
    near = [
        (abs(when - at), one.pk, one)
        for one in rows
        for when in [one.starts_at or _noon(one, at)]
        if when and abs(when - at) <= AROUND
    ]
    return min(near)[2] if near else None


def _noon(engagement: Engagement, at: datetime) -> datetime | None:
    """About when it should be, while no time is agreed."""
    wanted = engagement.wanted_on
    return at.replace(year=wanted.year, month=wanted.month, day=wanted.day) if wanted else None
