"""How people are reached: what each chose, his zone, and whether he is on call."""

from __future__ import annotations

from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from keepwell.calendars.queries import version_of_support_hours
from keepwell.notices.leaving import Digest, Reach
from keepwell.notices.models import Wishes
from keepwell.people.models import User


def reach_of(user: User, *, at: datetime, is_on_call: bool = False) -> Reach:
    """How this person is reached at an instant; load `notice_wishes` with him."""
    wishes = wishes_of(user)
    return Reach(
        ways=wishes.ways,
        digest=Digest(wishes.digest),
        daily_at=wishes.daily_at,
        quiet_from=wishes.quiet_from,
        quiet_until=wishes.quiet_until,
        zone=zone_of(user, at),
        is_on_call=is_on_call,
    )


def wishes_of(user: User) -> Wishes:
    """What he chose; the defaults, not stored, where he never did."""
    try:
        return user.notice_wishes
    except Wishes.DoesNotExist:
        return Wishes(user=user)


def zone_of(user: User, at: datetime) -> tzinfo:
    """In which his day and night are: his own zone, else that of the support hours, else UTC."""
    if user.time_zone:
        return ZoneInfo(user.time_zone)
    version = version_of_support_hours(at)
    return ZoneInfo(version.mapping["timezone"]) if version else ZoneInfo("UTC")
