"""What usage says: each metric's newest value before the day that is looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from keepwell.success.health.scoring import Reading
from keepwell.usage.models import MetricDay, MetricState, RolledDay

# What was last known longer ago than any card takes it for is not looked for.
LOOKS_BACK = timedelta(days=400)
DAY = timedelta(days=1)
SAID = (MetricState.KNOWN, MetricState.NOT_APPLICABLE)


def reader_of(metric: str) -> Callable[[Sequence[int], datetime], Mapping[int, Reading]]:
    """How this metric is read: of the last whole day; of a silent feed the last day that was known, as old as
    it is; what does not apply on the last day does not count."""

    def read(accounts: Sequence[int], as_of: datetime) -> Mapping[int, Reading]:
        yesterday = as_of.date() - DAY
        rows = MetricDay.objects.filter(
            metric=metric, day__lte=yesterday, day__gte=(as_of - LOOKS_BACK).date()
        )
        said = rows.filter(account__in=accounts, day=yesterday, state__in=SAID)
        readings = {row.account_id: _reading(row, row) for row in said}
        # A year of days is looked at of those alone who were not heard of: of all, it would be millions.
        silent = rows.filter(account__in=[pk for pk in accounts if pk not in readings])
        newest = silent.order_by("account_id", "-day").distinct("account_id")
        known = {row.account_id: row for row in newest.filter(state=MetricState.KNOWN)}
        return readings | {row.account_id: _reading(row, known.get(row.account_id)) for row in newest}

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
