"""The table: one row for each address by its name and method; an address without a row fails, and so
does a row without an address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from tests.access import (
    api,
    desk_accounts,
    desk_cases,
    desk_contracts,
    desk_engagements,
    desk_insight,
    desk_mail,
    desk_notices,
    desk_on_call,
    desk_reviews,
    desk_road_maps,
    desk_settings,
    desk_signals,
    portal,
    public,
)
from tests.access.rows import Row

METHODS = ("GET", "POST")
ROWS: tuple[Row, ...] = (
    *public.ROWS,
    *api.ROWS,
    *portal.ROWS,
    *desk_cases.ROWS,
    *desk_accounts.ROWS,
    *desk_contracts.ROWS,
    *desk_engagements.ROWS,
    *desk_insight.ROWS,
    *desk_mail.ROWS,
    *desk_notices.ROWS,
    *desk_on_call.ROWS,
    *desk_reviews.ROWS,
    *desk_road_maps.ROWS,
    *desk_signals.ROWS,
    *desk_settings.ROWS,
)
BY_KEY = {row.key: row for row in ROWS}


@dataclass(frozen=True, kw_only=True)
class Address:
    """One pattern of the URLconf; `name` with its namespaces, or "" where it has none."""

    name: str
    route: str


def addresses() -> list[Address]:
    return list(_walked(get_resolver().url_patterns, (), ""))


def _walked(patterns: Sequence[Any], namespaces: tuple[str, ...], before: str) -> Iterator[Address]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            name = ":".join((*namespaces, pattern.name)) if pattern.name else ""
            yield Address(name=name, route=route)
        else:
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walked(pattern.url_patterns, inner, route)
