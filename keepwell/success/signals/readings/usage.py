"""What usage says: the newest value of each metric. A feed that stopped leaves it unknown: nobody can say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from django.db.models import Max

from keepwell.success.signals.grammar import READINGS, Asked, Unit
from keepwell.success.signals.holding import Reading
from keepwell.usage.models import MetricDay, MetricState

# Metrics are worked out a day late; older ones say nothing about now.
LOOKS_BACK = timedelta(days=7)
LAST_USED = Asked("silence.use")
DAILY = "active_1"
METRICS: Mapping[str, str] = {
    "usage.active": "active_28",
    "usage.seats_used": "licences_active",
    "usage.seats_set_up": "licences_provisioned",
    "usage.breadth": "breadth",
    "usage.frequency": "frequency",
    "usage.stickiness": "stickiness",
    "usage.recency": "recency",
    "usage.against_season": "trend",
    "usage.first_value": "first_value",
}


def read(
    accounts: Sequence[int], as_of: datetime, asked: Collection[Asked]
) -> Mapping[int, Mapping[Asked, Reading]]:
    wanted = {METRICS[one.reading]: one for one in asked}
    found: dict[int, dict[Asked, Reading]] = defaultdict(dict)
    for row in newest(accounts, as_of, list(wanted)):
        one = wanted[row.metric]
        if row.state == MetricState.KNOWN and row.value is not None:
            scale = 100 if READINGS[one.reading].unit is Unit.PERCENT else 1
            found[row.account_id][one] = Reading(value=row.value * scale)
    return found


def days_without_use(accounts: Sequence[int], as_of: datetime) -> Mapping[int, Reading]:
    """Days from the last on which anybody did anything to the last that is known; unknown while not heard."""
    known = {
        row.account_id: row.day for row in newest(accounts, as_of, [DAILY]) if row.state == MetricState.KNOWN
    }
    used = MetricDay.objects.filter(
        account__in=list(known), metric=DAILY, state=MetricState.KNOWN, numerator__gt=0, day__lt=as_of.date()
    )
    last = dict(used.order_by().values_list("account").annotate(Max("day")))
    return {
        account: Reading(value=Fraction((day - last[account]).days))
        for account, day in known.items()
        if account in last
    }


def newest(accounts: Sequence[int], as_of: datetime, metrics: Sequence[str]) -> list[MetricDay]:
    rows = MetricDay.objects.filter(
        account__in=accounts,
        metric__in=metrics,
        day__lt=as_of.date(),
        day__gte=(as_of - LOOKS_BACK).date(),
    )
    ordered = rows.order_by("account_id", "metric", "-day")
    return list(ordered.distinct("account_id", "metric"))
