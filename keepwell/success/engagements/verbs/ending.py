"""An engagement does not take place after all."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from keepwell.conversations.authors import contact_id_of
from keepwell.journal.recording import Actor, caused_by
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits
from keepwell.success.engagements.inviting import call_off
from keepwell.success.engagements.models import Engagement
from keepwell.success.engagements.queries import HOLDS
from keepwell.success.engagements.standing import lock_for, stand, tell


@all_or_nothing()
def decline(engagement: Engagement, *, by: Any, at: datetime | None = None) -> Engagement:
    """One side does not want it, before there is a time. A customer may, for one that he was told of.

    Effects: engagement.declined. Errors: NotNow, NotPermitted.
    """
    permits.require(by, "engagement.take_part" if contact_id_of(by) else HOLDS)
    lock_for(engagement, "decline")
    _end(engagement, "decline", "engagement.declined", by=by, at=clock.instant(at))
    return engagement


@all_or_nothing()
def cancel(engagement: Engagement, *, by: Actor, at: datetime | None = None) -> Engagement:
    """We call it off; whoever was invited is told. Effects: engagement.cancelled, mail.queued.

    Errors: NotNow, NotPermitted.
    """
    permits.require(by, HOLDS)
    lock_for(engagement, "cancel")
    at = clock.instant(at)
    with caused_by():
        call_off(engagement, by=by, at=at)
        _end(engagement, "cancel", "engagement.cancelled", by=by, at=at)
    return engagement


def _end(engagement: Engagement, act: str, kind: str, *, by: Actor, at: datetime) -> None:
    stand(engagement, act, at)
    engagement.offered.all().delete()
    engagement.booking_links.filter(used_at=None, revoked_at=None).update(revoked_at=at)
    tell(kind, engagement, by=by, at=at)
