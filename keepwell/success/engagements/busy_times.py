"""When a subscribed calendar says that somebody is busy. Pure: bytes in, spans out, and no word of them kept.

Repeated events are spread out over the window that is asked for. Events marked as free or cancelled do not
count; those of a whole day take that day in the owner's zone.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

import recurring_ical_events
from django.utils.translation import gettext as _
from icalendar import Calendar

from keepwell.kit.refusals import Refused
from keepwell.success.engagements.free_times import Span, joined

LARGEST_BYTES = 5 * 1024 * 1024
EVENTS_AT_MOST = 20_000
WITHIN_A_DAY = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})


class CalendarUnreadable(Refused):
    """What stands at the address is no calendar that can be read; the sentence says why."""


def busy_times(content: bytes, zone: tzinfo, window: Span) -> list[Span]:
    """The busy spans within the window, joined and in order. Errors: CalendarUnreadable."""
    if len(content) > LARGEST_BYTES:
        raise CalendarUnreadable(_("The calendar is larger than 5 MB, which is the most that is read."))
    try:
        calendar = Calendar.from_ical(content)
        _keep_what_counts(calendar)
        events = recurring_ical_events.of(calendar).between(*window)
        spans = [_span_of(event, zone) for event in events]
    except CalendarUnreadable:
        raise
    except Exception as error:  # whatever somebody else's calendar makes the library raise, it is unreadable
        raise CalendarUnreadable(_("What stands at this address is no calendar that can be read.")) from error
    begins, ends = window
    return joined((max(one, begins), min(other, ends)) for one, other in spans)


def _keep_what_counts(calendar: Any) -> None:
    events = calendar.walk("VEVENT")
    if len(events) > EVENTS_AT_MOST:
        raise CalendarUnreadable(_("The calendar holds more events than are read."))
    if any(_repeats_within_a_day(event) for event in events):
        raise CalendarUnreadable(_("An event of the calendar repeats within a day, which is not read."))
    calendar.subcomponents = [
        one for one in calendar.subcomponents if one.name != "VEVENT" or _makes_busy(one)
    ]


def _makes_busy(event: Any) -> bool:
    is_free = str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
    is_cancelled = str(event.get("STATUS", "")).upper() == "CANCELLED"
    return not (is_free or is_cancelled)


def _repeats_within_a_day(event: Any) -> bool:
    rules = event.get("RRULE", [])
    rules = rules if isinstance(rules, list) else [rules]
    return any(WITHIN_A_DAY & {str(often).upper() for often in rule.get("FREQ", [])} for rule in rules)


def _span_of(event: Any, zone: tzinfo) -> Span:
    begins, ends = _instant(event.start, zone), _instant(event.end, zone)
    if not isinstance(event.start, datetime) and ends <= begins:
        ends = _instant(event.start + timedelta(days=1), zone)
    return begins, ends


def _instant(at: date, zone: tzinfo) -> datetime:
    if not isinstance(at, datetime):
        at = datetime.combine(at, time(0))
    # A time without a zone is meant on the owner's wall (RFC 5545 section 3.3.5, form 1).
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
