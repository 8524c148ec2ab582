"""What these tests do again and again, through the verbs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

from icalendar import Calendar

from keepwell.customers.models import Account
from keepwell.journal.models import Entry
from keepwell.outbox.models import Outgoing
from keepwell.people.models import User
from keepwell.success.engagements.models import Engagement, Kind
from keepwell.success.engagements.new_engagement import NewEngagement
from keepwell.success.engagements.verbs.beginning import begin
from keepwell.success.engagements.verbs.scheduling import schedule

# A Tuesday; Elm Falls is in Chicago, five hours behind.
NINE = datetime(2026, 6, 9, 14, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NEXT_WEEK = NINE + 7 * DAY


def proposed(account: Account, host: User, *attending: User, **given: Any) -> Engagement:
    new = {"kind": Kind.TRAINING, "host": host, "contacts": tuple(one.contact for one in attending), **given}
    return begin(account, NewEngagement(**new), by=host)


def scheduled(account: Account, host: User, *attending: User, at: datetime = NEXT_WEEK) -> Engagement:
    return schedule(proposed(account, host, *attending), at, by=host)


def kinds_of(engagement: Engagement) -> list[str]:
    """What was recorded about it, in order."""
    return list(Entry.objects.about("engagement", engagement.pk).values_list("kind", flat=True))


def mails_to(address: str) -> list[Any]:
    """As mail programs read them, the oldest first."""
    rows = Outgoing.objects.filter(to_address=address).order_by("pk")
    return [message_from_bytes(bytes(row.raw), policy=policy.default) for row in rows]


def calendar_in(mail: Any) -> Any:
    """The calendar file that goes with a mail, as a calendar reads it."""
    part = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    assert part.get_param("method") == calendar["METHOD"]
    return calendar


def event_in(mail: Any) -> Any:
    return calendar_in(mail).walk("VEVENT")[0]


def text_of(mail: Any) -> str:
    return str(mail.get_body(("plain",)).get_content())
