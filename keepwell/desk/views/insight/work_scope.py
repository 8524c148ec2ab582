"""What the pages about work have in common: whose cases are asked for, and how a page is put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keepwell.desk.access import reader
from keepwell.desk.filtering import chips, menus
from keepwell.desk.insight_asking import Asked, period_asked, work_filters
from keepwell.insight.work.scope import Scope
from keepwell.insight.work.telling import Told
from keepwell.kit import clock
from keepwell.kit.figures import Figure

PERMIT = "insight.see"
# A figure that counts cases, the group of them, and what else stands in its address.
Leading = Mapping[str, tuple[str, Mapping[str, str]]]
SAID = gettext_lazy("What happened in these days, as cases stand")


def entered(request: HttpRequest) -> tuple[Scope, dict[str, Any]]:
    """The scope that the address asks for, and what the head of every such page needs."""
    now, filters = clock.now(), work_filters()
    asked = period_asked(request, filters, at=now)
    given = {
        "asked": asked,
        "chips": chips(request, filters),
        "menus": menus(request, filters),
        "now": now,
        "window_said": SAID,
    }
    return scope_of(request, asked, now), given


def scope_of(request: HttpRequest, asked: Asked, now: datetime) -> Scope:
    return Scope(actor=reader(request), window=asked.window, narrowing=asked.narrowing, at=now)


def shown(request: HttpRequest, page: str, told: Told, leading: Leading) -> dict[str, Any]:
    """The figures, each as a link where cases are behind it, the charts, and the tables to take away."""
    return {
        "figures": {name: _linked(request, one, leading) for name, one in told.figures.items()},
        "charts": told.charts,
        "files": _files(request, page, told),
    }


def _linked(request: HttpRequest, figure: Figure, leading: Leading) -> Figure:
    if not figure.value or figure.name not in leading:
        return figure
    group, more = leading[figure.name]
    return replace(figure, href=behind(request, group, more))


def behind(request: HttpRequest, group: str, more: Mapping[str, str]) -> str:
    query = request.GET.copy()
    for name in ("cursor", "age", "who"):
        query.pop(name, None)
    query.update(dict(more))
    address = reverse("desk:insight_cases", args=[group])
    return f"{address}?{query.urlencode()}" if query else address


def _files(request: HttpRequest, page: str, told: Told) -> list[tuple[str, str]]:
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    titles = {name: chart.title for name, chart in told.charts.items()} | {
        name: str(told.titles.get(name, name)) for name in told.tables
    }
    return [
        (_("%(table)s (CSV)") % {"table": title}, reverse("desk:insight_table", args=[page, name]) + query)
        for name, title in titles.items()
    ]
