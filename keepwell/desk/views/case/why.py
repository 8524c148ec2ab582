"""Why each promise stands as it does, replayed from what was recorded."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from keepwell.desk.access import needs
from keepwell.desk.case_page.explaining import explained_clocks
from keepwell.desk.case_page.finding import get_case, is_fetched
from keepwell.kit import clock
from keepwell.kit.time_zones import data_version


@require_safe
@needs("case.see")
def why(request: HttpRequest, number: int) -> HttpResponse:
    case = get_case(request, number)
    clocks = explained_clocks(case, clock.now(), timezone.get_current_timezone())
    part = "desk/case/_why.html" if is_fetched(request) else "desk/case/why.html"
    given = {"case": case, "clocks": clocks, "time_zone_data": data_version()}
    return render(request, part, given)
