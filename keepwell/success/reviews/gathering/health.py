"""The score at the end and at the beginning of the days, and what moved it in between, in parts that add up.

{"now", "then": {"as_of", "score", "band", "coverage"}, None where nobody looked; "change": as health writes
it, None where one of the two has no score}
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from keepwell.success.health.changes import change_of
from keepwell.success.health.models import HealthSnapshot
from keepwell.success.health.writing import change_to
from keepwell.success.reviews.gathering.asked import Asked, Data

DAY = timedelta(days=1)


def read(asked: Asked) -> Data:
    begins_at = datetime.combine(asked.span.first, time(), UTC)
    now = _newest(asked, datetime.combine(asked.span.last + DAY, time(), UTC))
    then = _newest(asked, begins_at + DAY) or _first(asked, begins_at)
    if now and then and then.as_of >= now.as_of:
        then = None
    change = change_of(then.looked, now.looked) if now and then else None
    return {
        "now": _said(now),
        "then": _said(then),
        "change": change_to(change) if change else None,
    }


def _newest(asked: Asked, before: datetime) -> HealthSnapshot | None:
    before = min(before, asked.as_of)
    return HealthSnapshot.objects.newest_of([asked.account.pk], before=before).first()


def _first(asked: Asked, since: datetime) -> HealthSnapshot | None:
    rows = HealthSnapshot.objects.standing().filter(account=asked.account, as_of__gte=since)
    return rows.order_by("as_of", "pk").first()


def _said(snapshot: HealthSnapshot | None) -> Data | None:
    if snapshot is None:
        return None
    return {
        "as_of": snapshot.as_of.isoformat(),
        "score": snapshot.score,
        "band": snapshot.band,
        "coverage": snapshot.coverage,
    }
