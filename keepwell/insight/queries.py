"""Who has the report of promises mailed, and what is due to whom."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max, QuerySet

from keepwell.calendars.queries import version_of_support_hours
from keepwell.insight.models import Subscription
from keepwell.insight.periods import Period, periods_due
from keepwell.journal.models import Entry
from keepwell.people import permits
from keepwell.people.models import User


def subscriptions_of(user: User) -> QuerySet[Subscription]:
    """Those that he has not ended, the oldest first; one query."""
    own = Subscription.objects.filter(user=user, ended_at=None)
    return own.select_related("product", "team").order_by("began_at", "pk")


def standing_subscriptions() -> QuerySet[Subscription]:
    """Everybody's, each with `told_on`, the date of the last report that was told; None for none."""
    return Subscription.objects.filter(ended_at=None).annotate(told_on=Max("mailings__due_on")).order_by("pk")


def due_to(subscription: Subscription, *, at: datetime, zone: tzinfo) -> list[Period]:
    """The reports that are due to one of `standing_subscriptions`."""
    return periods_due(
        subscription.rhythm,
        began_at=subscription.began_at,
        told_on=subscription.told_on,  # type: ignore[attr-defined]
        at=at,
        zone=zone,
    )


def support_zone(at: datetime) -> tzinfo:
    """The zone of the support hours; UTC before there are any."""
    version = version_of_support_hours(at)
    return ZoneInfo(version.mapping["timezone"]) if version else ZoneInfo("UTC")


def visible_entries(actor: Any) -> QuerySet[Entry]:
    """Whoever sets up people may read all about reports; everybody else what is about himself."""
    entries = Entry.objects.filter(kind__startswith="report.")
    if permits.may(actor, "settings.people"):
        return entries
    noun, identity = actor.actor_ref
    return entries.filter(subjects__kind=noun, subjects__subject_id=identity)
