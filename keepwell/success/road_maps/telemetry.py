"""Readings from usage: where a metric's value of an account on a day comes in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from keepwell.kit.figures import SHARE
from keepwell.people.actors import System
from keepwell.success.road_maps.models import Measure
from keepwell.success.road_maps.states import GoalState, Source
from keepwell.success.road_maps.verbs.reading import read_measure
from keepwell.usage.models import MetricDay, MetricState
from keepwell.usage.wording import SHOWN

BY = System("road_maps")
# The account's id, the metric's name, the day; None where nothing is known of it.
ValueOf = Callable[[int, str, date], Decimal | None]


def value_in_usage(account: int, metric: str, on: date) -> Decimal | None:
    """What usage knows of a whole day, to four decimals; a share in percent, as people write their goals."""
    row = MetricDay.objects.filter(account=account, metric=metric, day=on, state=MetricState.KNOWN).first()
    if row is None or row.value is None:
        return None
    scaled = row.value * 100 if SHOWN[metric].kind == SHARE else row.value
    return Decimal(round(scaled * 10_000)) / 10_000


def read_from_usage(value_of: ValueOf, on: date, *, at: datetime | None = None) -> int:
    """Each measure of an active goal that names a metric is read on this day; gives how many were news.

    One that is not known stays as it was: a feed that is broken is no reading of nothing. Safe to repeat.
    Effects: measure.read.
    """
    rows = Measure.objects.filter(
        source=Source.METRIC, goal__state=GoalState.ACTIVE, goal__road_map__closed_at__isnull=True
    )
    read = 0
    for measure in rows.select_related("goal__road_map").order_by("pk"):
        value = value_of(measure.goal.road_map.account_id, measure.metric, on)
        if value is not None:
            before = measure.readings.count()
            read_measure(measure, value, on, source=Source.METRIC, by=BY, at=at)
            read += measure.readings.count() - before
    return read
