"""Whether accounts are heard of on a day: by what their sources told, day by day, whenever it came."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from django.db.models import Min

from keepwell.customers.models import Deployment, Environment
from keepwell.usage.kept_days import days_heard
from keepwell.usage.models import Source, UsageDay


class Hearing:
    """What is known of who was heard when; asked once, for many days."""

    def __init__(self) -> None:
        self._sources = {source.pk: source for source in Source.objects.all()}
        self._days: dict[int, list[date]] = defaultdict(list)
        for source, day in days_heard():
            self._days[source].append(day)
        self._of_account = _sources_of_accounts(self._sources)
        self.first = _first_days()

    def known_on(self, day: date) -> list[int]:
        """The accounts that were used on the day or before it."""
        return sorted(account for account, first in self.first.items() if first <= day)

    def is_silent(self, account: int, day: date) -> bool:
        """Whether no source of the account was heard for too long: nothing can be said of this day."""
        sources = self._of_account.get(account, ())
        return bool(sources) and all(self._is_silent(source, day) for source in sources)

    def _is_silent(self, source: int, day: date) -> bool:
        days = self._days[source]
        heard = bisect_right(days, day)
        return not heard or (day - days[heard - 1]).days > self._sources[source].silent_after_days


def _sources_of_accounts(sources: Mapping[int, Source]) -> Mapping[int, tuple[int, ...]]:
    of_product: dict[int, list[int]] = defaultdict(list)
    for source in sources.values():
        of_product[source.product_id].append(source.pk)
    found: dict[int, set[int]] = defaultdict(set)
    running = Deployment.objects.filter(environment=Environment.PRODUCTION)
    for account, product in running.values_list("account", "product"):
        found[account].update(of_product[product])
    return {account: tuple(sorted(pks)) for account, pks in found.items()}


def _first_days() -> Mapping[int, date]:
    rows = UsageDay.objects.filter(deployment__environment=Environment.PRODUCTION)
    return dict(
        rows.order_by()
        .values_list("deployment__account")
        .annotate(first=Min("day"))
        .values_list("deployment__account", "first")
    )
