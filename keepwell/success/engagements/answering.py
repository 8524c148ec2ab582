"""An answer that a calendar sent by mail finds its attendee."""

from __future__ import annotations

import uuid

from keepwell.channels.email.calendar_answers import CalendarAnswer
from keepwell.customers.models import Contact
from keepwell.people.actors import System
from keepwell.success.engagements.invitations import ANSWERED
from keepwell.success.engagements.models import Attendee, Engagement, State
from keepwell.success.engagements.verbs.attending import answer

BY = System("email")


def take_answer(said: CalendarAnswer, contact: Contact | None) -> bool:
    """Whether it is an answer to an invitation of ours; then the attendee's state is what it says.

    Of somebody who was not invited, to an older time than the present one, or to something that is over, it
    is taken as read and changes nothing: what it answers is no more.
    """
    engagement = _engagement_of(said.uid)
    if engagement is None:
        return False
    attendee = _attendee_of(engagement, said, contact)
    is_of_now = said.sequence is None or said.sequence >= engagement.time_sequence
    state = ANSWERED.get(said.answer)
    if attendee and state and is_of_now and engagement.state == State.SCHEDULED:
        answer(attendee, state, by=attendee.contact or BY, at=said.came_at)
    return True


def _engagement_of(uid: str) -> Engagement | None:
    try:
        key = uuid.UUID(uid.partition("@")[0])
    except ValueError:
        return None
    return Engagement.objects.filter(uid=key, sequence__isnull=False).first()


def _attendee_of(engagement: Engagement, said: CalendarAnswer, contact: Contact | None) -> Attendee | None:
    rows = engagement.attendees.filter(removed_at=None).select_related("contact", "engagement")
    if contact is not None:
        return rows.filter(contact=contact).first()
    return rows.filter(user__email=said.address.lower()).first()
