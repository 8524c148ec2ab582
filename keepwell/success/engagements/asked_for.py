"""An engagement that was asked for in the portal, and what becomes of the wish with it."""

from __future__ import annotations

from datetime import datetime

from keepwell.enquiries.models import Enquiry
from keepwell.enquiries.models import Kind as Asked
from keepwell.enquiries.models import State as EnquiryState
from keepwell.enquiries.verbs.settling import settle, take
from keepwell.people.actors import System
from keepwell.success.engagements.models import Engagement, Kind, Origin
from keepwell.success.engagements.new_engagement import NewEngagement
from keepwell.success.engagements.queries import hosts
from keepwell.success.engagements.verbs.beginning import begin
from keepwell.success.engagements.verbs.ending import cancel

BY = System("engagements")


def begin_what_was_asked(enquiry: Enquiry, *, at: datetime) -> Engagement | None:
    """The wish becomes an engagement of the kind that was wanted; None where it was for something else."""
    if enquiry.kind != Asked.ENGAGEMENT:
        return None
    wanted = enquiry.wanted if enquiry.wanted in Kind.values else Kind.CONSULTATION
    new = NewEngagement(
        kind=wanted,
        origin=Origin.ENQUIRY,
        origin_id=enquiry.pk,
        host=hosts().filter(pk=enquiry.owner_id).first() if enquiry.owner_id else None,
        contacts=(enquiry.contact,),
        asked_by=enquiry.contact,
    )
    return begin(enquiry.account, new, by=BY, at=at)


def call_off_what_was_asked(enquiry: int, *, at: datetime) -> None:
    """Whoever asked wants it no more: what is ahead of it is called off."""
    for engagement in Engagement.objects.ahead().filter(origin=Origin.ENQUIRY, origin_id=enquiry):
        cancel(engagement, by=BY, at=at)


def settle_the_wish(engagement: Engagement, state: str, *, at: datetime) -> None:
    """It has been met, or declined."""
    for enquiry in _wish_of(engagement):
        settle(enquiry, state, by=BY, at=at)


def take_the_wish(engagement: Engagement, *, at: datetime) -> None:
    """Whoever holds it has it in hand."""
    for enquiry in _wish_of(engagement):
        if engagement.host and enquiry.state == EnquiryState.NEW:
            take(enquiry, engagement.host, by=BY, at=at)


def _wish_of(engagement: Engagement) -> list[Enquiry]:
    if engagement.origin != Origin.ENQUIRY or engagement.origin_id is None:
        return []
    return list(Enquiry.objects.still_open().filter(pk=engagement.origin_id))
