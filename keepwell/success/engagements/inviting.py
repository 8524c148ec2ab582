"""Who takes part hears by mail of a time, of another one, and that nothing comes of it.

Each gets a mail of his own with the same calendar file, in his language. Whoever cannot be written to is left
out: the page of the engagement shows who has no address.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import translation

from keepwell.journal.recording import Actor
from keepwell.kit import clock
from keepwell.outbox.composing import CalendarFile, Letter, Recipient
from keepwell.outbox.models import Purpose
from keepwell.outbox.queries import brand
from keepwell.outbox.verbs.queuing import AddressRefused, send_letter
from keepwell.success.engagements import invitations
from keepwell.success.engagements.invitations import CANCEL, REQUEST, Invited, Meeting
from keepwell.success.engagements.models import Answer, Attendee, Engagement

MAILS = "engagements/mail/"
METHODS = {"invitation": REQUEST, "cancelled": CANCEL}
# What is entered of a time long ago, as when a history is brought in, is no news to anybody.
IS_NEWS_FOR = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Somebody who is written to: one of ours, or a contact."""

    recipient: Recipient
    answer: str
    is_ours: bool
    can_sign_in: bool

    @property
    def invited(self) -> Invited:
        return Invited(address=self.recipient.address, name=self.recipient.name, answer=self.answer)


def invite(engagement: Engagement, *, by: Actor, at: datetime) -> None:
    """All who take part are asked to come, or told that something changed. Effects: mail.queued for each."""
    _count(engagement)
    guests = list(guests_of(engagement))
    for guest in guests:
        _send(_letter("invitation", engagement, guest, guests, at), by=by, at=at)


def call_off(engagement: Engagement, *, by: Actor, at: datetime) -> None:
    """All who were invited are told that they need not come, if any were. Effects: mail.queued."""
    if engagement.sequence is None:
        return
    _count(engagement)
    guests = list(guests_of(engagement))
    for guest in guests:
        _send(_letter("cancelled", engagement, guest, guests, at), by=by, at=at)


def uninvite(attendee: Attendee, *, by: Actor, at: datetime) -> None:
    """He alone is told that he need not come, if he was invited. Effects: mail.queued."""
    engagement = attendee.engagement
    if engagement.sequence is None or (guest := _guest_of(attendee)) is None:
        return
    _count(engagement)
    _send(_letter("cancelled", engagement, guest, [guest], at), by=by, at=at)


def guests_of(engagement: Engagement) -> Iterator[Guest]:
    """Who is written to: whoever holds it, then all who take part and have an address."""
    if engagement.host:
        yield _one_of_ours(engagement.host, Answer.ACCEPTED)
    rows = engagement.attendees.filter(removed_at=None).select_related(
        "contact__user", "user", "contact__account"
    )
    for attendee in rows.prefetch_related("contact__addresses"):
        if guest := _guest_of(attendee):
            yield guest


def uid_of(engagement: Engagement) -> str:
    """What calendars know it by, for good."""
    return f"{engagement.uid}@{brand().sender_domain}"


def _count(engagement: Engagement) -> None:
    engagement.sequence = 0 if engagement.sequence is None else engagement.sequence + 1
    engagement.save(update_fields=["sequence"])


def _guest_of(attendee: Attendee) -> Guest | None:
    if attendee.user:
        return _one_of_ours(attendee.user, attendee.answer)
    contact = attendee.contact
    if contact is None or not contact.is_reachable:
        return None
    user = contact.user
    zone = (user.time_zone if user else "") or (contact.account.time_zone if contact.account else "")
    recipient = Recipient(address=contact.email, name=contact.name, locale=contact.locale, time_zone=zone)
    can_sign_in = user is not None and user.is_active
    return Guest(recipient=recipient, answer=attendee.answer, is_ours=False, can_sign_in=can_sign_in)


def _one_of_ours(user: Any, answer: str) -> Guest:
    recipient = Recipient(address=user.email, name=user.name, locale=user.locale, time_zone=user.time_zone)
    return Guest(recipient=recipient, answer=answer, is_ours=True, can_sign_in=True)


def _send(letter: Letter, *, by: Actor, at: datetime) -> None:
    if at < clock.now() - IS_NEWS_FOR:
        return
    try:
        send_letter(letter, by=by, at=at)
    except AddressRefused:
        # An address that no mail server takes keeps nobody else from being told.
        return


def _letter(template: str, engagement: Engagement, guest: Guest, guests: list[Guest], at: datetime) -> Letter:
    with translation.override(guest.recipient.locale or settings.LANGUAGE_CODE):
        meeting = _meeting(engagement, guest, guests, at)
    method = METHODS[template]
    host = engagement.host.name if engagement.host else ""
    return Letter(
        template=f"{MAILS}{template}",
        to=guest.recipient,
        # One of us asks somebody to come: no machine wrote that.
        purpose=Purpose.REPLY,
        context={
            "title": meeting.title,
            "starts_at": engagement.starts_at,
            "ends_at": engagement.ends_at,
            "place": engagement.place,
            "agenda": engagement.agenda,
            "host": host,
            "is_update": bool(engagement.sequence),
            "url": meeting.url,
        },
        about=(("engagement", engagement.pk),),
        sender_name=host,
        calendar=CalendarFile(content=invitations.invitation(meeting, method), method=method),
    )


def _meeting(engagement: Engagement, guest: Guest, guests: list[Guest], at: datetime) -> Meeting:
    assert engagement.starts_at is not None
    assert engagement.ends_at is not None
    assert engagement.sequence is not None
    host = engagement.host.name if engagement.host else ""
    return Meeting(
        uid=uid_of(engagement),
        sequence=engagement.sequence,
        starts_at=engagement.starts_at,
        ends_at=engagement.ends_at,
        title=f"{engagement.title}: {engagement.account.name}" if guest.is_ours else engagement.title,
        # Answers come to our mailbox, where they are read.
        organizer=Invited(address=brand().sender_address, name=host),
        invited=tuple(one.invited for one in guests),
        written_at=at,
        place=engagement.place,
        about=engagement.agenda,
        url=_way_to(engagement, guest),
    )


def _way_to(engagement: Engagement, guest: Guest) -> str:
    if not guest.can_sign_in:
        return ""
    page = "desk" if guest.is_ours else "portal"
    return f"{settings.KEEPWELL_URL}/{page}/engagements/{engagement.pk}/"
