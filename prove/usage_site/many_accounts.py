"""Very many live customers with metrics of every day, written at once: what a night of health is timed on."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db import connection

from keepwell.customers.models import Account, Deployment, Lifecycle, Product

# What a card reads is written for so many days.
DAYS = 60
DAY = timedelta(days=1)
ROWS = """
    INSERT INTO keepwell_usage_metricday (account_id, metric, day, state, numerator, denominator, basis)
    SELECT account_id, metric, day, state,
        CASE WHEN state IN ('known', 'stale') THEN score - CASE WHEN metric = 'trend' THEN 60 ELSE 0 END END,
        CASE WHEN state IN ('known', 'stale') THEN 100 END,
        CASE WHEN metric = 'trend' THEN 'same_season' ELSE '' END
    FROM (
        SELECT account.id AS account_id, metric, day::date AS day,
            (account.id * 31 + day_number * 7) %% 100 AS score,
            CASE WHEN account.id %% 40 = 3 AND metric = 'licences_active' THEN 'not_applicable'
                 WHEN account.id %% 30 = 5 AND metric = 'trend' THEN 'missing'
                 WHEN account.id %% 50 = 7 AND day > %(last)s::date - 9 THEN 'stale'
                 ELSE 'known' END AS state
        FROM keepwell_customers_account account
        CROSS JOIN unnest(%(metrics)s::text[]) AS metric
        CROSS JOIN generate_series(%(first)s::date, %(last)s::date, interval '1 day')
            WITH ORDINALITY AS days (day, day_number)
        WHERE account.id >= %(from_id)s
    ) made
"""


def many_accounts(number: int, metrics: list[str], until: datetime) -> list[int]:
    """So many more of them, whose last whole day ends at the instant. The ids.

    Every fiftieth was not heard of for nine days, some have no limit of seats, of some nothing is known.
    """
    product = Product.objects.get()
    live_on = until.date() - timedelta(days=700)
    begun = datetime.combine(live_on, time(), UTC)
    made = Account.objects.bulk_create(
        Account(name=f"County {each}", lifecycle=Lifecycle.LIVE, opened_at=begun) for each in range(number)
    )
    Deployment.objects.bulk_create(
        Deployment(account=account, product=product, live_on=live_on, added_at=begun) for account in made
    )
    given: dict[str, Any] = {
        "metrics": metrics,
        "first": until.date() - DAYS * DAY,
        "last": until.date() - DAY,
        "from_id": made[0].pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(ROWS, given)
        cursor.execute("ANALYZE")
    return [account.pk for account in made]
