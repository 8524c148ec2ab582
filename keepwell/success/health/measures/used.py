"""What usage says: each metric's newest value before the day that is looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from keepwell.success.health.scoring import Reading
from keepwell.usage.models import MetricDay, MetricState, RolledDay

# What was last known longer ago than any card takes it for is not looked for.
LOOKS_BACK = timedelta(days=400)
DAY = timedelta(days=1)


def reader_of(metric: str) -> Callable[[Sequence[int], datetime], Mapping[int, Reading]]:
    """How this metric is read: of the last whole day; of a silent feed the last day that was known, as old as
    it is; what does not apply on the last day does not count."""

    def read(accounts: Sequence[int], as_of: datetime) -> Mapping[int, Reading]:
        rows = MetricDay.objects.filter(
            account__in=accounts, metric=metric, day__lt=as_of.date(), day__gte=(as_of - LOOKS_BACK).date()
        )
        ordered = rows.order_by("account_id", "-day")
        newest = {row.account_id: row for row in ordered.distinct("account_id")}
        known = ordered.filter(state=MetricState.KNOWN).distinct("account_id")
        last_known = {row.account_id: row for row in known}
        return {account: _reading(row, last_known.get(account)) for account, row in newest.items()}

    return read


def _reading(newest: MetricDay, known: MetricDay | None) -> Reading:
    if newest.state == MetricState.NOT_APPLICABLE:
        return Reading(applies=False)
    if known is None:
        return Reading()
    # A day is whole when the next one begins.
    whole_at = datetime.combine(known.day + DAY, time(), UTC)
    return Reading(value=known.value, read_at=whole_at)


def is_still_measured(first: date, today: date) -> bool:
    """Whether metrics of a whole day from the first on are still to be worked out anew."""
    return RolledDay.objects.filter(is_unmeasured=True, day__gte=first, day__lt=today).exists()
