"""The book of business of a success or account manager, and of everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from keepwell.customers.models import Stewardship
from keepwell.desk.access import needs, reader
from keepwell.desk.account_rows import open_cases_of
from keepwell.desk.filtering import chips, menus, words_of
from keepwell.desk.health_rows import marks_of
from keepwell.desk.portfolio_rows import (
    ORDER_WORDS,
    ORDERS,
    band_counts,
    lately_of,
    portfolio_filters,
    portfolio_rows,
    snapshots_of,
)
from keepwell.kit import clock
from keepwell.kit.paging import page
from keepwell.people.models import User
from keepwell.success.health.queries import sentiments_of

FIRST = "worst"


@require_safe
@needs("health.see")
def portfolio(request: HttpRequest) -> HttpResponse:
    """Accounts with their health. Who looks after some is led to his own first."""
    who, now = reader(request), clock.now()
    if not request.GET and _has_accounts(who):
        return HttpResponseRedirect(f"?steward={who.pk}")
    filters = portfolio_filters(who)
    rows = portfolio_rows(who, request, filters, at=now)
    order = request.GET.get("order", FIRST)
    order = order if order in ORDERS else FIRST
    listed = page(rows, order=ORDERS[order], cursor=request.GET.get("cursor", ""))
    ids = [row.pk for row in listed.rows]
    given = {
        "page": listed,
        "words": words_of(request),
        "chips": chips(request, filters),
        "menus": menus(request, filters),
        "kept": [(one.name, one.chosen(request)) for one in filters if one.chosen(request)],
        "orders": [(name, words, _address(request, order=name)) for name, words in ORDER_WORDS.items()],
        "order": order,
        "bands": [(band, _address(request, band=band.value)) for band in band_counts(rows)],
        "everybody": f"?order={order}",
        "marks": marks_of(snapshots_of(listed.rows).values()),
        "lately": lately_of(ids, at=now),
        "sentiments": sentiments_of(ids, who),
        "open_cases": open_cases_of(who, listed.rows),
    }
    return render(request, "desk/success/portfolio.html", given)


def _has_accounts(who: User) -> bool:
    return Stewardship.objects.filter(user=who, to_at__isnull=True).exists()


def _address(request: HttpRequest, **changed: str) -> str:
    query = request.GET.copy()
    query.pop("cursor", None)
    for name, value in changed.items():
        query[name] = value
    return f"?{query.urlencode()}"
