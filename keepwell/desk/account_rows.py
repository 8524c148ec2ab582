"""The accounts as the desk lists them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.utils.translation import gettext as _

from keepwell.cases.models import Case
from keepwell.customers.lifetime_words import standing_words, tone
from keepwell.customers.lifetimes import Lifetime, standing
from keepwell.customers.models import Account, Deployment, Lifecycle, Stewardship
from keepwell.customers.queries import accounts_visible_to, versions_of
from keepwell.desk.filtering import Filter, words_of
from keepwell.insight.doers import person_name
from keepwell.people.models import User
from keepwell.usage.running_versions import RunningVersion, running_versions

ORDER = ("lower_name", "pk")


def account_filters(reader: User) -> list[Filter]:
    """What accounts can be narrowed by; only what some account has is offered."""
    seen = accounts_visible_to(reader).order_by()
    stewards = User.objects.filter(stewardships__to_at__isnull=True, stewardships__isnull=False).distinct()
    people = [(str(user.pk), person_name(user)) for user in stewards.order_by("name")]
    return [
        Filter(name="lifecycle", words=_("Lifecycle"), choices=[(v, str(w)) for v, w in Lifecycle.choices]),
        Filter(name="segment", words=_("Segment"), choices=_had(seen, "segment")),
        Filter(name="region", words=_("Region"), choices=_had(seen, "region")),
        Filter(name="steward", words=_("Looked after by"), choices=people),
    ]


def _had(rows: QuerySet[Account], field: str) -> list[tuple[str, str]]:
    values = rows.exclude(**{field: ""}).values_list(field, flat=True).distinct()
    return [(value, value) for value in sorted(values, key=str.lower)]


def account_rows(reader: User, request: HttpRequest, filters: Iterable[Filter]) -> QuerySet[Account]:
    """The accounts asked for by the address, by name, with what a row shows at hand."""
    rows = accounts_visible_to(reader).annotate(lower_name=Lower("name"))
    if words := words_of(request):
        rows = rows.filter(lower_name__startswith=words.lower())
    for one in filters:
        if value := one.chosen(request):
            rows = rows.filter(**_asked(one.name, value))
    return rows.select_related("parent").prefetch_related(
        Prefetch("stewardships", current_stewardships(), to_attr="stewards"),
        Prefetch("deployments", running_deployments(), to_attr="running"),
    )


def _asked(name: str, value: str) -> dict[str, Any]:
    if name == "steward":
        return {"stewardships__user": value, "stewardships__to_at__isnull": True}
    return {name: value}


def current_stewardships() -> QuerySet[Stewardship]:
    return Stewardship.objects.filter(to_at__isnull=True).select_related("user").order_by("-kind")


def running_deployments() -> QuerySet[Deployment]:
    return Deployment.objects.filter(retired_at__isnull=True).select_related("product")


@dataclass(frozen=True, kw_only=True)
class ShownDeployment:
    """What runs there, by which version, and how long that is supported: "" where no days are known."""

    deployment: Deployment
    version: RunningVersion
    words: str
    tone: str


def shown_deployments(account: Account, today: date) -> list[ShownDeployment]:
    """Three queries, for however many."""
    rows = list(running_deployments().filter(account=account).prefetch_related("modules"))
    versions = running_versions(rows, versions_of({one.product_id for one in rows}), today)
    return [_shown(one, versions[one.pk], today) for one in rows]


def _shown(deployment: Deployment, version: RunningVersion, today: date) -> ShownDeployment:
    found = standing(version.known.lifetime if version.known else Lifetime(), today)
    words = standing_words(found) if version.known else ""
    return ShownDeployment(deployment=deployment, version=version, words=words, tone=tone(found))


def open_cases_of(reader: User, accounts: Iterable[Account]) -> dict[int, int]:
    """How many open cases each of these accounts has; one query."""
    rows = Case.objects.visible_to(reader).open().filter(account__in=[account.pk for account in accounts])
    return dict(rows.order_by().values_list("account").annotate(Count("pk")))
