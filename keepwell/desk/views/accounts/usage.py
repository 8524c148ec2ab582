"""What an account does with the software: who is active day by day, metrics, and whether it is heard of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keepwell.customers.models import Account
from keepwell.desk.access import needs
from keepwell.desk.views.accounts.page import get_account, head
from keepwell.kit.charts.chart import Chart, Words
from keepwell.kit.charts.lines import line_over_days
from keepwell.kit.figures import Figure
from keepwell.usage import queries
from keepwell.usage.models import MetricDay, MetricState
from keepwell.usage.wording import SHOWN, basis_words

DAYS = timedelta(days=395)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A metric as it is shown: its figure, and what else there is to say of it."""

    figure: Figure
    state: str
    more: str


@require_safe
@needs("account.see")
def usage(request: HttpRequest, pk: int) -> HttpResponse:
    """Read from rows: nothing is worked out here."""
    found = get_account(request, pk)
    feeds = queries.feeds_of(found)
    last = queries.last_measured_on(found)
    given: dict[str, Any] = {"feeds": feeds, "last": last, "has_sources": any(one.sources for one in feeds)}
    if last:
        rows = list(queries.readings_on(last, [found.pk]))
        given |= {"metrics": _shown(rows), "chart": _chart(found, last)}
        given["is_stale"] = any(row.state == MetricState.STALE for row in rows)
    return render(request, "desk/accounts/usage.html", {**head(request, found, "usage"), **given})


def _shown(rows: Sequence[MetricDay]) -> list[Shown]:
    by_metric = {row.metric: row for row in rows}
    return [
        Shown(
            figure=said.figure(by_metric[name].value),
            state=by_metric[name].state,
            more=_more(by_metric[name]),
        )
        for name, said in SHOWN.items()
        if name in by_metric
    ]


def _more(row: MetricDay) -> str:
    if row.basis:
        return str(basis_words(row.basis))
    said = SHOWN[row.metric]
    if row.state == MetricState.NOT_APPLICABLE:
        return str(said.why_not)
    if row.state == MetricState.MISSING:
        return str(said.not_yet)
    return ""


def _chart(found: Account, last: date) -> Chart:
    rows = queries.metric_over_days(found, "active_28", last - DAYS, last)
    points: list[tuple[date, str, int | None]] = [
        (row.day, "", row.numerator if row.state == MetricState.KNOWN else None) for row in rows
    ]
    return line_over_days(points, _chart_words(rows))


def _chart_words(rows: Sequence[MetricDay]) -> Words:
    first, last = rows[0], rows[-1]
    most = max(rows, key=lambda row: (row.numerator or 0, row.day))
    summary = _("%(now)s on %(day)s, %(then)s on %(first)s; at most %(most)s, on %(most_on)s.") % {
        "now": last.numerator or 0,
        "day": date_format(last.day, "j M Y"),
        "then": first.numerator or 0,
        "first": date_format(first.day, "j M Y"),
        "most": most.numerator or 0,
        "most_on": date_format(most.day, "j M Y"),
    }
    return Words(
        title=_("People active in the 28 days before"), summary=summary, across=_("Day"), up=_("People")
    )
