"""Mailing the report of promises: each that is due once, whatever was away when it was due."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from keepwell.insight.letter import letter
from keepwell.insight.models import Mailing, Subscription
from keepwell.insight.periods import Period, due_at
from keepwell.insight.queries import due_to, standing_subscriptions, support_zone
from keepwell.insight.verbs.subscribing import PERMIT, unsubscribe
from keepwell.journal.recording import record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.outbox.composing import Letter
from keepwell.outbox.verbs.queuing import AddressRefused, send_letter
from keepwell.people import permits
from keepwell.people.actors import System

BY = System("clock")


@all_or_nothing()
def mail_what_is_due(subscription_id: int, *, at: datetime | None = None) -> int:
    """Mails a subscriber what is due to him; gives how many reports. Again: none.

    Whoever may not see Insight any more is told nothing, and his subscription ends.
    Effects: report.mailed for each; report.unsubscribed.
    """
    at = clock.instant(at)
    # Two workers at once would both find it due.
    held = Subscription.objects.select_for_update().filter(pk=subscription_id, ended_at=None)
    if not held.exists():
        return 0
    found = standing_subscriptions().select_related("user", "product", "team").get(pk=subscription_id)
    if not permits.may(found.user, PERMIT):
        unsubscribe(found, by=BY, at=at)
        return 0
    due = due_to(found, at=at, zone=support_zone(at))
    for period in due:
        _mail(found, period, at)
    return len(due)


def _mail(subscription: Subscription, period: Period, at: datetime) -> None:
    was_sent = _is_sent(letter(subscription, period, at=at), at)
    Mailing.objects.create(subscription=subscription, due_on=period.due_on, told_at=at if was_sent else None)
    if not was_sent:
        return
    facts = {"subscription": subscription.pk, "due_at": due_at(period.due_on, support_zone(at))}
    record("report.mailed", by=BY, at=at, subjects=[("person", subscription.user_id)], facts=facts)


def _is_sent(written: Letter, at: datetime) -> bool:
    try:
        # An address that takes no mail now takes none in ten minutes: it is not tried again.
        with transaction.atomic():
            send_letter(written, by=BY, at=at)
    except AddressRefused:
        return False
    return True
