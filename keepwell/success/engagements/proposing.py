"""Free times of one of ours and one customer: what their calendars say goes into the pure rules."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from keepwell.calendars.queries import version_in_force, version_of_support_hours
from keepwell.calendars.working_time import WorkingTime
from keepwell.customers.models import Account
from keepwell.people.models import User
from keepwell.staffing.queries import hours_at_work
from keepwell.success.engagements.free_times import OFFERED_AT_MOST, Span, Wish, free_times, is_free
from keepwell.success.engagements.models import BusyCalendar, CustomerHours, Engagement
from keepwell.success.engagements.queries import taken_by

# Nobody is ready in less, on either side.
FROM_NOW = timedelta(hours=24)
LOOKED_AHEAD = timedelta(days=28)
# Nobody's calendar says anything of the years after.
FURTHEST = timedelta(days=366)
WEEK: dict[str, list[list[str]]] = {day: [["08:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}


def proposal(
    engagement: Engagement, *, now: datetime, earliest: datetime | None = None, at_most: int = OFFERED_AT_MOST
) -> list[Span]:
    """Up to so many times at which both sides can, in order; none where nobody holds it yet.

    From the earliest instant on, a day from now at the soonest and a year at the latest, within four weeks.
    """
    host = engagement.host
    if host is None:
        return []
    begins = min(max(now + FROM_NOW, earliest or now), now + FURTHEST)
    window = (begins, begins + LOOKED_AHEAD)
    wish = Wish(
        earliest=window[0],
        latest=window[1],
        lasts_for=engagement.lasts_for,
        zone=zone_of(engagement.account),
        at_most=at_most,
    )
    busy = busy_spans(host, window, but=engagement)
    ours, theirs = hours_at_work(host, *window), customer_hours(engagement.account, window)
    return free_times(wish, ours, theirs, busy)


def is_free_for(host_id: int, span: Span, *, but: Engagement | None = None) -> bool:
    """Whether this one of ours has nothing scheduled here in this time."""
    return is_free(span, taken_by(host_id, span, but=but))


def busy_spans(host: User, window: Span, *, but: Engagement | None = None) -> list[Span]:
    """When he holds or takes part in something here, or is busy in the calendar that he keeps elsewhere."""
    elsewhere = BusyCalendar.objects.filter(user=host).values_list("busy", flat=True).first() or []
    read = [(datetime.fromisoformat(begins), datetime.fromisoformat(ends)) for begins, ends in elsewhere]
    return [*taken_by(host.pk, window, but=but), *read]


def customer_hours(account: Account, window: Span) -> list[Span]:
    """When the customer can be met within the window, on the wall of his zone."""
    hours = WorkingTime.parse(_mapping_of(account, window[0]), years=(window[0].year - 1, window[1].year + 1))
    first, last = hours.local_date(window[0]), hours.local_date(window[1])
    days = (first + timedelta(days=day) for day in range((last - first).days + 1))
    return [spell for on in days for spell in hours.intervals_on(on)]


def zone_of(account: Account) -> ZoneInfo:
    """The customer's zone: that of the account, else that of the support hours, else the installation's."""
    if account.time_zone:
        return ZoneInfo(account.time_zone)
    version = version_of_support_hours(account.opened_at)
    return ZoneInfo(str(version.mapping["timezone"]) if version else settings.TIME_ZONE)


def _mapping_of(account: Account, at: datetime) -> dict[str, Any]:
    own = CustomerHours.objects.filter(account=account).select_related("calendar").first()
    said: dict[str, Any] = version_in_force(own.calendar, at).mapping if own else {"hours": WEEK}
    return {**said, "timezone": str(zone_of(account))}
