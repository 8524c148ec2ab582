"""What is chosen from beside a list of cases: products, teams, colleagues. Every list needs all three."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import F, PositiveSmallIntegerField, QuerySet, Value

from keepwell.customers.models import Product
from keepwell.kit.asking import Question
from keepwell.staffing.models import Team
from keepwell.staffing.queries import staff

Named = tuple[int, str]
NO_RANK = Value(0, PositiveSmallIntegerField())


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Each as (id, name), in the order they are offered in."""

    products: list[Named]
    teams: list[Named]
    colleagues: list[Named]


def choices() -> Choices:
    """As they are now, in one query."""
    found: dict[str, list[Named]] = defaultdict(list)
    for kind, _rank, name, identity in ALL.rows():
        found[kind].append((identity, name))
    return Choices(products=found["product"], teams=found["team"], colleagues=found["colleague"])


def _all() -> QuerySet[Any, tuple[Any, ...]]:
    products = _named(Product.objects.all(), "product")
    teams = _named(Team.objects.filter(is_active=True), "team", F("level"))
    return products.union(teams, _named(staff(), "colleague")).order_by("kind", "rank", "name")


def _named(rows: QuerySet[Any], kind: str, rank: Any = NO_RANK) -> QuerySet[Any, tuple[Any, ...]]:
    named = rows.order_by().annotate(kind=Value(kind), rank=rank)
    return named.values_list("kind", "rank", "name", "pk")


ALL = Question(_all)
