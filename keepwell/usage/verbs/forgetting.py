"""Single events are kept for so many days; what was counted of them stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from keepwell.journal.recording import record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people.actors import System
from keepwell.usage.kept_days import forget_unused
from keepwell.usage.models import Apart, Conflict, DayFile, NameCount, Source

BY = System("usage")


def forget_old_events(*, at: datetime | None = None) -> None:
    """Events older than the knob says are removed. Effects: source.days_forgotten by source."""
    at = clock.instant(at)
    for source in Source.objects.order_by("pk"):
        forget_events_of(source, at=at)
    forget_unused(at)


@all_or_nothing()
def forget_events_of(source: Source, *, at: datetime | None = None) -> None:
    """The days stay known as days on which it was heard; their events are gone. Effects:
    source.days_forgotten.
    """
    at = clock.instant(at)
    before = at - timedelta(days=settings.KEEPWELL_USAGE_EVENT_DAYS)
    old = DayFile.objects.filter(source=source, day__lt=before.date())
    NameCount.objects.filter(source=source, day__lt=before.date()).delete()
    Conflict.objects.filter(source=source, noticed_at__lt=before).delete()
    Apart.objects.filter(source=source, received_at__lt=before).delete()
    if days := old.exclude(place="").update(place="", is_forgotten=True):
        record("source.days_forgotten", by=BY, at=at, subjects=[("source", source.pk)], facts={"days": days})
