"""The reader's cases: his own or, for administrators, all of the account."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from keepwell.cases.states import ENDED_STATES
from keepwell.kit.paging import page
from keepwell.portal.finding import cases_of
from keepwell.portal.readers import Reader, customers_only, read_by
from keepwell.portal.rows import rows_of
from keepwell.portal.views.home import own_cases

ORDER = ("-changed_at", "-pk")
SIZE = 25


@require_safe
@customers_only
def cases(request: HttpRequest) -> HttpResponse:
    """?show=ended, ?whose=all; anything else is the open ones of his own."""
    reader = read_by(request)
    is_ended = request.GET.get("show") == "ended"
    is_all = reader.is_administrator and request.GET.get("whose") == "all"
    found = page(
        _chosen(reader, is_ended, is_all), order=ORDER, cursor=request.GET.get("cursor", ""), size=SIZE
    )
    given = {
        "reader": reader,
        "rows": rows_of(found.rows),
        "page": found,
        "is_ended": is_ended,
        "is_all": is_all,
    }
    return render(request, "portal/cases.html", given)


def _chosen(reader: Reader, is_ended: bool, is_all: bool) -> Any:
    chosen = cases_of(reader).filter(merged_into__isnull=True) if is_all else own_cases(reader)
    ended = chosen.filter(state__in=[state.value for state in ENDED_STATES])
    return (ended if is_ended else chosen.open()).for_list().select_related("owner")
