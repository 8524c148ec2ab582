"""What the expressions are given of customers, as rows: who runs what, what it is known by, which days are
worked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, Window
from django.db.models.functions import Lead

from keepwell.calendars.queries import version_of_support_hours
from keepwell.customers.models import Account, Deployment, Environment, Module
from keepwell.kit import clock
from keepwell.usage.days import bounds, number_of, utc_days
from keepwell.usage.models import Membership, Source

FOR_EVER = 2**31
WEEKEND = (5, 6)
Rows = list[tuple[Any, ...]]


def zones() -> Mapping[int, ZoneInfo]:
    """The time zone of each account, by its id: its own, else that of the support hours."""
    version = version_of_support_hours(clock.now())
    usual = ZoneInfo(version.mapping["timezone"] if version else "UTC")
    named = Account.objects.values_list("pk", "time_zone")
    return {pk: ZoneInfo(name) if name else usual for pk, name in named}


def group_keys(source: Source) -> Mapping[str, int]:
    """Which deployment each group key of a source means.

    A deployment's own key first; else the customer number of an account where one deployment of the product
    alone is in production.
    """
    found: dict[str, int] = {}
    numbers: dict[str, list[int]] = defaultdict(list)
    running = Deployment.objects.filter(product=source.product_id).select_related("account")
    for one in running.order_by("pk"):
        if one.external_key:
            found[one.external_key] = one.pk
        elif one.account.reference and one.environment == Environment.PRODUCTION:
            numbers[one.account.reference].append(one.pk)
    alone = {number: pks[0] for number, pks in numbers.items() if len(pks) == 1}
    return {**alone, **found}


def placements(sources: Iterable[Source], days: Sequence[date]) -> Rows:
    """Where every group key leads on these days, as `rolling.PLACED`."""
    by_account = zones()
    accounts = dict(Deployment.objects.values_list("pk", "account"))
    rows: Rows = []
    for source in sources:
        for key, deployment in group_keys(source).items():
            zone = by_account[accounts[deployment]]
            for day in days:
                begins, ends = bounds(day, zone)
                rows += [
                    (source.pk, key, utc_day, deployment, number_of(day), begins, ends)
                    for utc_day in utc_days(begins, ends)
                ]
    return rows


def persons_at() -> Rows:
    """Where persons were said to be, as `rolling.AT`."""
    until = Window(Lead("day"), partition_by=["source", "person_key"], order_by=[F("day")])
    rows = Membership.objects.annotate(until=until).values_list(
        "source", "person_key", "day", "until", "group_key"
    )
    return [
        (source, str(key), number_of(day), number_of(until) if until else FOR_EVER, group)
        for source, key, day, until, group in rows
    ]


def modules(sources: Iterable[Source]) -> tuple[Rows, Rows, Rows]:
    """Modules by name, by core event where it alone says, and every pair: NAMED, CORE, PAIRS of rolling."""
    of_product: dict[int, list[Module]] = defaultdict(list)
    for module in Module.objects.order_by("pk"):
        of_product[module.product_id].append(module)
    named: Rows = []
    first: dict[tuple[int, str], int] = {}
    pairs: Rows = []
    for source in sources:
        for module in of_product[source.product_id]:
            named.append((source.pk, module.name.lower(), module.pk))
            for event in module.core_events:
                first.setdefault((source.pk, event), module.pk)
                pairs.append((source.pk, event, module.pk, 1))
    return named, [(*key, pk) for key, pk in first.items()], pairs


def in_production() -> Rows:
    """(deployment, account) of what counts: what runs, or ran, in production."""
    running = Deployment.objects.filter(environment=Environment.PRODUCTION)
    return list(running.order_by("pk").values_list("pk", "account"))


def went_live() -> Rows:
    """(account, number of the day) since when an account uses something, where that is known."""
    first: dict[int, int] = {}
    live = Deployment.objects.filter(environment=Environment.PRODUCTION, live_on__isnull=False)
    for account, on in live.values_list("account", "live_on"):
        if on:
            first[account] = min(number_of(on), first.get(account, FOR_EVER))
    return sorted(first.items())


def working_days(accounts: Iterable[int], until: date, days: int) -> Rows:
    """(account, number of the day) of working days: Monday to Friday, less the vendor's holidays."""
    closed = set(_holidays())
    worked = [day for day in _days(until, days) if day.weekday() not in WEEKEND and day not in closed]
    return [(account, number_of(day)) for account in accounts for day in worked]


def _days(until: date, days: int) -> Iterator[date]:
    return (until - timedelta(days=step) for step in reversed(range(days)))


def _holidays() -> Iterator[date]:
    """Days on which the support hours are closed all day by exception."""
    version = version_of_support_hours(clock.now())
    exceptions = version.mapping["exceptions"] if version else {}
    return (date.fromisoformat(on) for on, hours in exceptions.items() if not hours)
