"""People who are one, and people who are erased, wherever engagements name them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from keepwell.journal.recording import Actor
from keepwell.outbox.verbs.forgetting import forget_mail_about
from keepwell.success.engagements.models import (
    Action,
    Attendee,
    BookingLink,
    BusyCalendar,
    CalendarFeed,
    Engagement,
    Touch,
)
from keepwell.success.engagements.verbs.rating import erase_ratings


def join_contacts(merged: int, into: int) -> None:
    """What named the one names the other; where both took part he does so once."""
    for attendee in Attendee.objects.filter(contact=merged).select_for_update().order_by("pk"):
        both = Attendee.objects.filter(engagement=attendee.engagement_id, contact=into).first()
        if both is None:
            attendee.contact_id = into
            attendee.save(update_fields=["contact"])
            continue
        if both.removed_at is not None and attendee.removed_at is None:
            both.removed_at, both.answer, both.answered_at = None, attendee.answer, attendee.answered_at
            both.save(update_fields=["removed_at", "answer", "answered_at"])
        attendee.delete()
    # He has one way to choose a time, whichever of the two it was sent to.
    good = BookingLink.objects.filter(contact=into, used_at=None, revoked_at=None).values("engagement")
    BookingLink.objects.filter(contact=merged, engagement__in=good, used_at=None).delete()
    BookingLink.objects.filter(contact=merged).update(contact=into)
    Action.objects.filter(contact=merged).update(contact=into)
    Touch.objects.filter(contact=merged).update(contact=into)
    Engagement.objects.filter(asked_by=merged).update(asked_by=into)
    Engagement.objects.filter(rated_by=merged).update(rated_by=into)


def forget_contacts(contacts: Sequence[int], *, by: Actor, at: datetime) -> None:
    """What they wrote with ratings goes, and what he was sent to choose a time by leads nowhere.

    The mails that invited others with him name him: they are forgotten as well. Effects: mail.forgotten.
    """
    erase_ratings(contacts)
    BookingLink.objects.filter(contact__in=contacts, used_at=None, revoked_at=None).update(revoked_at=at)
    attended = Attendee.objects.filter(contact__in=contacts).values_list("engagement", flat=True).distinct()
    forget_mail_about([("engagement", pk) for pk in attended], by=by, at=at)


def forget_person(user: int) -> None:
    """Nothing of his is looked into any more, and no address leads to his calendar."""
    BusyCalendar.objects.filter(user=user).delete()
    CalendarFeed.objects.filter(user=user).delete()
