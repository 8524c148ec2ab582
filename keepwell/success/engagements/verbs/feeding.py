"""The address of somebody's calendar: made, made anew, closed."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.kit.signed_links import numbers_in, token
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.success.engagements.models import CalendarFeed

PURPOSE = "calendar"


@all_or_nothing()
def open_feed(user: User, *, by: Actor, at: datetime | None = None) -> CalendarFeed:
    """The person has an address to subscribe to, and no other one leads to his calendar any more.

    Effects: calendar_feed.made. Errors: NotPermitted for anybody but himself.
    """
    _require_himself(user, by)
    at = clock.instant(at)
    feed, is_new = CalendarFeed.objects.get_or_create(user=user, defaults={"made_at": at})
    if not is_new:
        lock(feed)
        feed.times_renewed, feed.made_at, feed.is_open = feed.times_renewed + 1, at, True
        feed.save(update_fields=["times_renewed", "made_at", "is_open"])
    facts = {"renewed": feed.times_renewed}
    record("calendar_feed.made", by=by, at=at, subjects=[("person", user.pk)], facts=facts)
    return feed


@all_or_nothing()
def close_feed(user: User, *, by: Actor, at: datetime | None = None) -> None:
    """The address leads nowhere any more. Effects: calendar_feed.closed, if there was one."""
    _require_himself(user, by)
    if CalendarFeed.objects.filter(user=user, is_open=True).update(is_open=False):
        record("calendar_feed.closed", by=by, at=at, subjects=[("person", user.pk)])


def feed_of(user: User) -> CalendarFeed | None:
    """The one that is open; None if there is none."""
    return CalendarFeed.objects.filter(user=user, is_open=True).first()


def address_of(feed: CalendarFeed) -> str:
    return f"{settings.KEEPWELL_URL}/calendar/{token(PURPOSE, feed.pk, feed.times_renewed)}.ics"


def reader_of(written: str) -> User | None:
    """Whose calendar an address leads to; None once it was made anew or closed, or he has no access."""
    numbers = numbers_in(PURPOSE, written)
    if numbers is None or len(numbers) != 2:
        return None
    rows = CalendarFeed.objects.filter(pk=numbers[0], times_renewed=numbers[1], is_open=True)
    feed = rows.select_related("user").first()
    return feed.user if feed and (feed.user.is_staff_member or feed.user.is_customer) else None


def _require_himself(user: User, by: Actor) -> None:
    if by.actor_ref != ("person", user.pk) or not user.is_active:
        raise permits.NotPermitted("engagement.take_part")
