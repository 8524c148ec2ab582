"""What entries of engagements are about."""

from __future__ import annotations

from keepwell.journal.recording import Subject
from keepwell.success.engagements.models import Action, Attendee, Engagement


def subjects_of(engagement: Engagement) -> list[Subject]:
    """The engagement, its account, and whoever of ours holds it."""
    about: list[Subject] = [("engagement", engagement.pk), ("account", engagement.account_id)]
    return [*about, ("person", engagement.host_id)] if engagement.host_id else about


def subject_of_attendee(attendee: Attendee) -> Subject:
    if attendee.contact_id:
        return "contact", attendee.contact_id
    assert attendee.user_id is not None
    return "person", attendee.user_id


def subjects_of_action(action: Action) -> list[Subject]:
    owner: list[Subject] = []
    if action.user_id:
        owner.append(("person", action.user_id))
    if action.contact_id:
        owner.append(("contact", action.contact_id))
    return [*subjects_of(action.engagement), *owner]
