"""Notices are not kept for ever: what they tell of stays in the journal."""

from __future__ import annotations

from datetime import datetime, timedelta

from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.notices.models import Notice

KEPT_FOR = timedelta(days=90)


@all_or_nothing()
def forget_old_notices(*, at: datetime | None = None) -> int:
    """Notices of what happened more than 90 days ago go, read or not; gives how many. Nothing is recorded."""
    old = Notice.objects.filter(happened_at__lt=clock.instant(at) - KEPT_FOR)
    _rows, gone = old.delete()
    return gone.get(Notice._meta.label, 0)
