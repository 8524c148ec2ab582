"""Our service levels: what was promised to this customer, and what was delivered."""

from __future__ import annotations

from datetime import datetime, time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from keepwell.insight.guidelines.table import promise_table
from keepwell.kit import clock
from keepwell.kit.days import day_in
from keepwell.portal.finding import cases_of
from keepwell.portal.readers import Reader, customers_only, read_by
from keepwell.service_levels.measuring import Narrowing, versions_of, zone_of
from keepwell.service_levels.models.guideline import WindowKind
from keepwell.service_levels.queries import policy_of
from keepwell.service_levels.windows import earlier, later, window_at

QUARTER = WindowKind.QUARTER


@require_safe
@customers_only
def service_levels(request: HttpRequest) -> HttpResponse:
    """Over a quarter; `on` is a day in another one. Of the cases that the reader may see, and no others."""
    reader, now = read_by(request), clock.now()
    given = {"reader": reader, "now": now, **_delivered(reader, request.GET.get("on", ""), now)}
    return render(request, "portal/service_levels.html", given)


def _delivered(reader: Reader, on: str, now: datetime) -> dict[str, object]:
    account = reader.contact.account if reader.contact else None
    policy = policy_of(account, now)
    versions = versions_of(policy, QUARTER, now) if policy else []
    if not versions:
        return {}
    zone = zone_of(versions[0], now)
    asked = day_in(on)
    window = window_at(QUARTER, datetime.combine(asked, time(12), zone) if asked else now, zone)
    following = later(window, QUARTER)
    cases = tuple(cases_of(reader).values_list("pk", flat=True))
    return {
        "window": window,
        "before": earlier(window, QUARTER).last,
        "after": following.last if following.begins_at <= now else None,
        "table": promise_table(versions, window, at=now, narrowing=Narrowing(cases=cases)),
        "is_administrator": reader.is_administrator,
    }
