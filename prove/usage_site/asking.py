"""What metrics are given of the invented customers."""

from __future__ import annotations

from typing import Any

from keepwell.usage.answering import PAST, Standing
from keepwell.usage.days import day_of, number_of
from keepwell.usage.metrics.given import WINDOW_DAYS
from keepwell.usage.parquet import table_of
from prove.usage_site.events import LAST, MODULES, Size

ON = number_of(LAST)


def standing(size: Size) -> Standing:
    """Deployment N is account N's; every fifth has no limit of seats, every seventh does not say for how
    many.
    """
    accounts = range(1, size.accounts + 1)
    worked = [day for day in range(ON - WINDOW_DAYS + 1, ON + 1) if day_of(day).weekday() < 5]
    return Standing(
        accounts=[(account,) for account in accounts],
        in_production=[(account, account) for account in accounts],
        worked=[(account, day) for account in accounts for day in worked],
        entitled=[
            (account, module, 7 * module)
            for account in accounts
            for module in range(1, MODULES - account % 3 + 1)
        ],
        seats=[(account, 10 + account % 50) for account in accounts if account % 5],
        provisioned=[(account, 8 + account % 40) for account in accounts if account % 7],
        live=[(account, ON - size.days + account % 60) for account in accounts],
    )


def history(size: Size, days: int = 420) -> Any:
    """Who was active in 28 days before, made up: a third of the accounts is younger than thirteen months."""
    rows = [
        (account, ON - ago, (account * 31 + ago * 17) % 50)
        for account in range(1, size.accounts + 1)
        for ago in range(days if account % 3 else 60 + account % 90, 0, -1)
    ]
    return table_of(PAST, rows)
