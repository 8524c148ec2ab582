"""How it is used: every metric at the end and at the beginning of the days, and who was active week by week.

{"first_on", "last_on": the first and last day measured, None where none was; "metrics": {NAME: {"state",
"value", "then", "basis"}}; "active": [[day, people or None], ...]}
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Max, Min

from keepwell.success.reviews.gathering.asked import Asked, Data, exact
from keepwell.usage.models import MetricDay, MetricState
from keepwell.usage.queries import metric_over_days, readings_on
from keepwell.usage.wording import SHOWN

ACTIVE = "active_28"
A_WEEK = 7
# Two windows of 28 days that do not overlap: nearer to one another there is no then and now.
APART = timedelta(days=28)


def read(asked: Asked) -> Data:
    first, last = measured(asked)
    if first is None or last is None:
        return {"first_on": None, "last_on": None, "metrics": {}, "active": []}
    then = _values(asked, first) if last - first >= APART else {}
    now = {row.metric: row for row in readings_on(last, [asked.account.pk])}
    metrics = {
        name: {
            "state": now[name].state,
            "value": exact(now[name].value),
            "then": then.get(name),
            "basis": now[name].basis,
        }
        for name in SHOWN
        if name in now
    }
    active = metric_over_days(asked.account, ACTIVE, first, last)
    weekly = [
        [row.day.isoformat(), row.numerator if row.state == MetricState.KNOWN else None]
        for row in active
        if (last - row.day).days % A_WEEK == 0
    ]
    return {
        "first_on": first.isoformat(),
        "last_on": last.isoformat(),
        "metrics": metrics,
        "active": weekly,
    }


def measured(asked: Asked) -> tuple[date | None, date | None]:
    """The first and the last day of these that metrics are there of."""
    rows = MetricDay.objects.filter(account=asked.account, day__range=(asked.span.first, asked.span.last))
    found = rows.aggregate(first=Min("day"), last=Max("day"))
    return found["first"], found["last"]


def _values(asked: Asked, on: date) -> dict[str, str | None]:
    rows = readings_on(on, [asked.account.pk])
    return {row.metric: exact(row.value) for row in rows if row.state == MetricState.KNOWN}
