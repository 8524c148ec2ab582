"""The calendar that one of ours keeps elsewhere is looked into."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.kit.sealing import SealBroken, seal, unseal
from keepwell.people import permits
from keepwell.people.actors import System
from keepwell.people.models import User
from keepwell.success.engagements.busy_times import CalendarUnreadable, busy_times
from keepwell.success.engagements.fetching import checked_address, fetch
from keepwell.success.engagements.free_times import Span
from keepwell.success.engagements.models import BusyCalendar

BY = System("calendars")
# Longer than times are looked for ahead, so that a day in which it cannot be read changes nothing.
KEPT_FOR = timedelta(days=60)


@all_or_nothing()
def subscribe(user: User, address: str, *, by: Actor, at: datetime | None = None) -> BusyCalendar:
    """Nobody can book this person for what the calendar there holds; it is looked into every 15 minutes.

    Of what stands there we keep when it is, and not a word. Effects: busy_calendar.subscribed. Errors:
    AddressOfCalendarRefused; NotPermitted for anybody but himself.
    """
    _require_himself(user, by)
    sealed, at = seal(checked_address(address)), clock.instant(at)
    fresh = {"sealed_url": sealed, "busy": [], "subscribed_at": at, "read_at": None}
    as_new = {**fresh, "failing_since": None, "last_error": ""}
    calendar, _is_new = BusyCalendar.objects.update_or_create(user=user, defaults=as_new)
    record("busy_calendar.subscribed", by=by, at=at, subjects=[("person", user.pk)])
    return calendar


@all_or_nothing()
def end_subscription(user: User, *, by: Actor, at: datetime | None = None) -> None:
    """It is looked into no more, and what was read is forgotten. Effects: busy_calendar.ended, if it was."""
    _require_himself(user, by)
    gone, _each = BusyCalendar.objects.filter(user=user).delete()
    if gone:
        record("busy_calendar.ended", by=by, at=at, subjects=[("person", user.pk)])


def look_into(calendar: BusyCalendar, *, at: datetime | None = None) -> BusyCalendar:
    """What stands there now counts; where it cannot be read, what was read last does, and its owner is told.

    No lock is held meanwhile. Effects: busy_calendar.failing, or busy_calendar.read_again after that.
    """
    at = clock.instant(at)
    try:
        content = fetch(unseal(calendar.sealed_url))
        found = busy_times(content, _zone_of(calendar.user), (at - timedelta(days=1), at + KEPT_FOR))
    except (CalendarUnreadable, SealBroken) as unreadable:
        return _failed(calendar, str(unreadable), at=at)
    return _read(calendar, found, at=at)


@all_or_nothing()
def _read(calendar: BusyCalendar, found: list[Span], *, at: datetime) -> BusyCalendar:
    asked = calendar.sealed_url
    lock(calendar)
    # Another address was named while this one was read.
    if calendar.sealed_url != asked:
        return calendar
    had_failed = calendar.failing_since is not None
    calendar.busy = [[begins.isoformat(), ends.isoformat()] for begins, ends in found]
    calendar.read_at, calendar.failing_since, calendar.last_error = at, None, ""
    calendar.save(update_fields=["busy", "read_at", "failing_since", "last_error"])
    if had_failed:
        record("busy_calendar.read_again", by=BY, at=at, subjects=[("person", calendar.user_id)])
    return calendar


@all_or_nothing()
def _failed(calendar: BusyCalendar, why: str, *, at: datetime) -> BusyCalendar:
    lock(calendar)
    is_news = calendar.failing_since is None
    calendar.failing_since, calendar.last_error = calendar.failing_since or at, why[:300]
    calendar.save(update_fields=["failing_since", "last_error"])
    if is_news:
        record("busy_calendar.failing", by=BY, at=at, subjects=[("person", calendar.user_id)])
    return calendar


def _zone_of(user: User) -> ZoneInfo:
    return ZoneInfo(user.time_zone or settings.TIME_ZONE)


def _require_himself(user: User, by: Actor) -> None:
    is_system = by.actor_ref[0].startswith("system.")
    if not is_system and (by.actor_ref != ("person", user.pk) or not user.is_staff_member):
        raise permits.NotPermitted("engagement.hold")
