"""Everything that was recorded about a case, newest first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from keepwell.desk.access import needs
from keepwell.desk.case_page.events import Telling, event_words
from keepwell.desk.case_page.finding import get_case, is_fetched
from keepwell.desk.case_page.hand_offs import hand_offs_of
from keepwell.desk.case_page.naming import names_in
from keepwell.insight.looks import look_of
from keepwell.journal.models import Entry
from keepwell.kit import clock
from keepwell.kit.paging import page

ORDER = ("-pk",)
SIZE = 60


@require_safe
@needs("case.see")
def history(request: HttpRequest, number: int) -> HttpResponse:
    case = get_case(request, number)
    entries = Entry.objects.about("case", case.pk)
    listed = page(entries, order=ORDER, cursor=request.GET.get("cursor", ""), size=SIZE)
    telling = Telling(
        names=names_in(listed.rows, {}),
        hand_offs={asked.pk: asked for asked in hand_offs_of(case)},
        now=clock.now(),
        zone=timezone.get_current_timezone(),
    )
    rows = [
        {
            "icon": look_of(entry.kind).icon,
            "tone": look_of(entry.kind).tone,
            "words": event_words(entry, telling),
            "at": entry.occurred_at,
        }
        for entry in listed.rows
    ]
    part = "desk/case/_history.html" if is_fetched(request) else "desk/case/history.html"
    return render(request, part, {"case": case, "rows": rows, "page": listed})
