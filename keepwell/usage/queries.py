"""Questions about usage. Faces start from `Source` behind its permit, and from an account they may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, Min, QuerySet, Sum

from keepwell.customers.models import Account, Deployment, Environment, Module
from keepwell.customers.queries import accounts_visible_to, sees_all
from keepwell.journal.kinds import all_kinds
from keepwell.journal.models import Entry
from keepwell.usage.models import DayFile, MetricDay, NameCount, Sort, Source, UsageDay
from keepwell.usage.standing import group_keys

NOUNS = frozenset({"source", "usage"})
NAMES_SHOWN, NAMES_WITHIN = 20, timedelta(days=28)
WINDOW = timedelta(days=28)


@dataclass(frozen=True, kw_only=True)
class Feed:
    """What is heard of a deployment: the first and the last day it was used, by the sources of its product.

    `sources` of which those in `silent` are silent; none where the product has no source in use.
    """

    deployment: Deployment
    first_on: date | None
    last_on: date | None
    sources: tuple[Source, ...]

    @property
    def silent(self) -> tuple[Source, ...]:
        return tuple(source for source in self.sources if source.silent_since)

    @property
    def is_broken(self) -> bool:
        """No source of it is heard: whether the customer uses it cannot be said."""
        return bool(self.sources) and len(self.silent) == len(self.sources)


def readings_on(day: date, accounts: Iterable[int] | None = None) -> QuerySet[MetricDay]:
    """What every metric was on a day, of all accounts or of these."""
    rows = MetricDay.objects.filter(day=day)
    return rows if accounts is None else rows.filter(account__in=accounts)


def last_measured_on(account: Account) -> date | None:
    """The last day that metrics are there of; None before the first."""
    found: date | None = MetricDay.objects.filter(account=account).aggregate(last=Max("day"))["last"]
    return found


def metric_over_days(account: Account, metric: str, first: date, last: date) -> list[MetricDay]:
    """One metric from day to day, the earliest first."""
    rows = MetricDay.objects.filter(account=account, metric=metric, day__range=(first, last))
    return list(rows.order_by("day"))


def core_events_of(account: Account, last: date) -> dict[int, int]:
    """How often what matters in each module was done, in production, in the 28 days that end with a day; by
    module, without those that nobody used. One query."""
    rows = UsageDay.objects.filter(
        deployment__account=account,
        deployment__environment=Environment.PRODUCTION,
        module__isnull=False,
        person_key__isnull=False,
        core_events__gt=0,
        day__gt=last - WINDOW,
        day__lte=last,
    )
    done: Any = rows.order_by().values_list("module").annotate(done=Sum("core_events"))
    return dict(done)


def feeds_of(account: Account) -> list[Feed]:
    """The state of what is heard of each deployment that runs at the account; three queries."""
    deployments = list(
        Deployment.objects.filter(account=account, retired_at__isnull=True).select_related("product")
    )
    used: dict[int, dict[str, Any]] = {
        row["deployment"]: dict(row)
        for row in UsageDay.objects.filter(deployment__in=deployments)
        .values("deployment")
        .annotate(first=Min("day"), last=Max("day"))
    }
    by_product: Mapping[int, list[Source]] = defaultdict(list)
    products = [deployment.product_id for deployment in deployments]
    for source in Source.objects.filter(product__in=products, stopped_at__isnull=True):
        by_product[source.product_id].append(source)
    return [
        Feed(
            deployment=deployment,
            first_on=used.get(deployment.pk, {}).get("first"),
            last_on=used.get(deployment.pk, {}).get("last"),
            sources=tuple(by_product[deployment.product_id]),
        )
        for deployment in deployments
    ]


def sources() -> QuerySet[Source]:
    """All, those in use first."""
    return Source.objects.select_related("product").order_by("stopped_at", "name", "pk")


def unknown_names(source: Source, sort: Sort, today: date) -> list[dict[str, Any]]:
    """What a source named in four weeks and we do not know, the most frequent first: {"name", "events"}."""
    known = _known_events(source) if sort == Sort.EVENT else _known_groups(source)
    named = NameCount.objects.filter(source=source, sort=sort, day__gt=today - NAMES_WITHIN)
    rows: Any = named.exclude(name__in=known).values("name").annotate(events=Sum("events"))
    return list(rows.order_by("-events", "name")[:NAMES_SHOWN])


def days_of(source: Source, since: date) -> QuerySet[DayFile]:
    """The days of a source with the file that counts, the newest first."""
    rows = DayFile.objects.filter(source=source, day__gte=since)
    return rows.order_by("-day", "-revision").distinct("day")


def visible_entries(actor: Any, account: Account | None = None) -> QuerySet[Entry]:
    """Staff read how sources went, and what of an account became known late; customers none of it."""
    entries = Entry.objects.about("account", account.pk) if account else Entry.objects.order_by("pk")
    return entries.of_kinds(own_kinds()) if sees_all(actor, "account.see") else entries.none()


def own_kinds() -> tuple[str, ...]:
    return tuple(kind.name for kind in all_kinds() if kind.slice_name in NOUNS)


def accounts_measured(actor: Any) -> QuerySet[Account]:
    """The accounts whose usage this actor may read: staff, for metrics are about customers, not for them."""
    return accounts_visible_to(actor) if sees_all(actor, "account.see") else Account.objects.none()


def silent_sources(at: datetime) -> list[Source]:
    """Sources in use that were heard once and are not any more."""
    found = Source.objects.filter(stopped_at__isnull=True, heard_at__isnull=False)
    return [source for source in found if source.heard_at and at - source.heard_at > source.silent_after]


def _known_events(source: Source) -> list[str]:
    modules = Module.objects.filter(product=source.product_id)
    return sorted({name for events in modules.values_list("core_events", flat=True) for name in events})


def _known_groups(source: Source) -> list[str]:
    return list(group_keys(source))
