"""Who was active in the 28 days that ended with each day: what a trend is held against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from keepwell.kit import heavy
from keepwell.usage.answering import PAST
from keepwell.usage.days import number_of
from keepwell.usage.metrics.given import WINDOW_DAYS
from keepwell.usage.models import MetricDay
from keepwell.usage.parquet import table_of

ACTIVE = "active_28"


class History:
    """`table` is an Arrow table (`answering.PAST`), from each account's first whole 28 days on."""

    def __init__(self, first: Mapping[int, date]) -> None:
        self._whole_from = {account: on + timedelta(days=WINDOW_DAYS - 1) for account, on in first.items()}
        known = MetricDay.objects.filter(metric=ACTIVE, numerator__isnull=False)
        rows = known.values_list("account", "day", "numerator")
        self.table = self._of((account, day, active or 0) for account, day, active in rows)

    def put(self, day: date, active: Iterable[tuple[int, int]]) -> None:
        """So many were active then, by account; what was known of the day before is replaced."""
        pa = heavy.pyarrow()
        others = self.table.filter(pa.compute.not_equal(self.table["day"], number_of(day)))
        self.table = pa.concat_tables([others, self._of((account, day, many) for account, many in active)])

    def _of(self, rows: Iterable[tuple[int, date, int]]) -> Any:
        return table_of(
            PAST,
            (
                (account, number_of(day), many)
                for account, day, many in rows
                if account in self._whole_from and day >= self._whole_from[account]
            ),
        )
