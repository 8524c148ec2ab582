"""Times are offered to the customer, and he chooses one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from keepwell.conversations.authors import contact_id_of
from keepwell.customers.models import Contact
from keepwell.journal.recording import Actor, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.kit.signed_links import numbers_in, token
from keepwell.outbox.composing import Letter, Recipient
from keepwell.outbox.models import Purpose
from keepwell.outbox.verbs.queuing import AddressRefused, send_letter
from keepwell.people import permits
from keepwell.success.engagements.about import subjects_of
from keepwell.success.engagements.free_times import Span, is_free
from keepwell.success.engagements.inviting import IS_NEWS_FOR, MAILS
from keepwell.success.engagements.models import AHEAD, Answer, BookingLink, Engagement, OfferedTime
from keepwell.success.engagements.proposing import busy_spans
from keepwell.success.engagements.queries import HOLDS
from keepwell.success.engagements.refusals import (
    EngagementRefused,
    InThePast,
    LinkDead,
    NobodyHolds,
    TimeTaken,
)
from keepwell.success.engagements.standing import lock_for, stand, tell
from keepwell.success.engagements.verbs.attending import add_contact
from keepwell.success.engagements.verbs.scheduling import lock_host, require_free, set_time

PURPOSE = "booking"
GOOD_FOR = timedelta(days=14)


@all_or_nothing()
def offer_times(
    engagement: Engagement,
    times: Iterable[Span],
    contacts: Iterable[Contact],
    *,
    by: Actor,
    at: datetime | None = None,
) -> Engagement:
    """These contacts may each choose one of these times by a link of his own, sent by mail; the first does.

    What was offered before is offered no more, and the links sent before lead nowhere. Effects:
    engagement.offered, attendee.added, mail.queued. Errors: NotNow, NobodyHolds, InThePast, NotOfThisAccount,
    EngagementRefused without a time or without anybody who can be written to; NotPermitted.
    """
    permits.require(by, HOLDS)
    at, times, contacts = clock.instant(at), sorted(times), list(contacts)
    if engagement.host_id is None:
        raise NobodyHolds
    lock_for(engagement, "offer")
    _require_offerable(times, contacts, at)
    engagement.offered.all().delete()
    OfferedTime.objects.bulk_create(
        OfferedTime(engagement=engagement, starts_at=starts, ends_at=ends) for starts, ends in times
    )
    engagement.booking_links.filter(used_at=None, revoked_at=None).update(revoked_at=at)
    stand(engagement, "offer", at, told_at=engagement.told_at or at)
    with caused_by():
        for contact in contacts:
            add_contact(engagement, contact, by=by, at=at)
            link = BookingLink.objects.create(
                engagement=engagement, contact=contact, made_at=at, expires_at=_expires_at(times, at)
            )
            _send(link, by=by, at=at)
        facts = {"times": len(times), "asked": len(contacts)}
        tell("engagement.offered", engagement, by=by, at=at, **facts)
    return engagement


@all_or_nothing()
def book(link: BookingLink, starts_at: datetime, *, at: datetime | None = None) -> Engagement:
    """Whoever was sent the link chooses this time; it is his act, whoever holds the address of it.

    Effects: engagement.scheduled, mail.queued. Errors: LinkDead; TimeTaken, which brings what is still free.
    """
    at = clock.instant(at)
    engagement = link.engagement
    lock_host(engagement)
    lock(engagement)
    lock(link)
    if not link.is_good_at(at) or engagement.state not in AHEAD:
        raise LinkDead
    _choose(engagement, starts_at, by=link.contact, at=at, link=link)
    return engagement


@all_or_nothing()
def choose(engagement: Engagement, starts_at: datetime, *, by: Any, at: datetime | None = None) -> Engagement:
    """A customer who is signed in and sees the engagement chooses this time.

    Effects: engagement.scheduled, mail.queued. Errors: NotNow, TimeTaken, NotPermitted.
    """
    permits.require(by, "engagement.take_part")
    if contact_id_of(by) is None:
        raise permits.NotPermitted("engagement.take_part")
    lock_host(engagement)
    lock_for(engagement, "schedule")
    _choose(engagement, starts_at, by=by, at=clock.instant(at))
    return engagement


@all_or_nothing()
def revoke_links(engagement: Engagement, *, by: Actor, at: datetime | None = None) -> int:
    """Nobody can choose a time by what he was sent; gives how many could. Effects: booking.revoked."""
    permits.require(by, HOLDS)
    lock(engagement)
    at = clock.instant(at)
    revoked = engagement.booking_links.filter(used_at=None, revoked_at=None).update(revoked_at=at)
    if revoked:
        facts = {"engagement": engagement.pk, "links": revoked}
        record("booking.revoked", by=by, at=at, subjects=subjects_of(engagement), facts=facts)
    return revoked


def link_of(written: str) -> BookingLink | None:
    """The link that an address carries, good or not; None for an address that was not made here."""
    numbers = numbers_in(PURPOSE, written)
    rows = BookingLink.objects.select_related("engagement__account", "engagement__host", "contact")
    return rows.filter(pk=numbers[0]).first() if numbers and len(numbers) == 1 else None


def token_of(link: BookingLink) -> str:
    return token(PURPOSE, link.pk)


def still_free(engagement: Engagement, *, at: datetime) -> list[OfferedTime]:
    """What of the offered times nobody has taken yet, in order."""
    offered = [time for time in engagement.offered.all() if time.starts_at > at]
    if not offered or engagement.host is None:
        return []
    window = (offered[0].starts_at, max(time.ends_at for time in offered))
    taken = busy_spans(engagement.host, window, but=engagement)
    return [time for time in offered if is_free((time.starts_at, time.ends_at), taken)]


def _choose(
    engagement: Engagement, starts_at: datetime, *, by: Actor, at: datetime, link: BookingLink | None = None
) -> None:
    starts_at = clock.instant(starts_at)
    rest = still_free(engagement, at=at)
    chosen = next((time for time in rest if time.starts_at == starts_at), None)
    if chosen is None:
        raise TimeTaken(rest)
    minutes = (chosen.ends_at - chosen.starts_at) // timedelta(minutes=1)
    require_free(engagement, chosen.starts_at, minutes, at=at)
    if link:
        link.used_at = at
        link.save(update_fields=["used_at"])
    set_time(engagement, chosen.starts_at, minutes, is_booked=True, by=by, at=at)
    # Whoever chooses comes: his choice is his answer, and has its entry.
    engagement.attendees.filter(contact=contact_id_of(by)).update(answer=Answer.ACCEPTED, answered_at=at)


def _require_offerable(times: list[Span], contacts: list[Contact], at: datetime) -> None:
    if not times:
        raise EngagementRefused(_("Choose one time at least. Nothing was sent."))
    if not any(contact.is_reachable for contact in contacts):
        raise EngagementRefused(_("Choose somebody with a mail address. Nothing was sent."))
    if times[0][0] <= at:
        raise InThePast


def _expires_at(times: list[Span], at: datetime) -> datetime:
    """A link is of no use after the last time has begun."""
    return min(at + GOOD_FOR, times[-1][0])


def _send(link: BookingLink, *, by: Actor, at: datetime) -> None:
    contact, engagement = link.contact, link.engagement
    if not contact.is_reachable or at < clock.now() - IS_NEWS_FOR:
        return
    host = engagement.host.name if engagement.host else ""
    letter = Letter(
        template=f"{MAILS}times",
        to=Recipient(
            address=contact.email,
            name=contact.name,
            locale=contact.locale,
            time_zone=(contact.user.time_zone if contact.user else "") or engagement.account.time_zone,
        ),
        purpose=Purpose.REPLY,
        context={
            "title": engagement.title,
            "agenda": engagement.agenda,
            "host": host,
            "times": list(engagement.offered.all()),
            "expires_at": link.expires_at,
            "url": f"{settings.KEEPWELL_URL}/book/{token_of(link)}/",
        },
        about=(("engagement", engagement.pk),),
        sender_name=host,
        good_for=link.expires_at - at,
    )
    try:
        send_letter(letter, by=by, at=at)
    except AddressRefused:
        return
