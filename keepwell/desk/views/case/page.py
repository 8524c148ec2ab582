"""The page of a case, and its parts as a live page fetches them again."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from keepwell.cases.models import Case
from keepwell.desk.access import needs, reader
from keepwell.desk.case_page import panels, writing
from keepwell.desk.case_page.acts import acts_of
from keepwell.desk.case_page.finding import get_case
from keepwell.desk.case_page.lines import CaseThread, case_thread
from keepwell.desk.case_page.news import News, Seen
from keepwell.desk.registry import CasePanel, entries_for
from keepwell.kit import clock, paging
from keepwell.staffing.attending import others_here

PERMIT = "case.see"


@require_safe
@needs(PERMIT)
def case(request: HttpRequest, number: int) -> HttpResponse:
    """The case: thread, boxes, panels. `?write=note` opens the box for notes, `?before=` earlier lines."""
    return whole_page(request, get_case(request, number))


def whole_page(
    request: HttpRequest,
    case: Case,
    *,
    status: int = 200,
    reply: Any = None,
    note: Any = None,
    news: News | None = None,
) -> HttpResponse:
    """The page, with forms that came back as they were filled in."""
    who = reader(request)
    thread = _thread(request, case)
    drafts = writing.drafts_of(case, who)
    seen = news.seen if news else Seen(version=case.version, through=thread.last_message)
    given = {
        **head(request, case),
        "thread": thread,
        "panels": panels.shown_panels(request, case),
        "may_reply": writing.may_reply(case, who),
        "may_note": writing.may_note(case, who),
        "writes_note": note is not None or request.GET.get("write") == "note",
        **writing.reply_box(request, case, drafts.get(writing.REPLY), seen=seen, form=reply, news=news),
        **writing.note_box(case, drafts.get(writing.NOTE), note),
    }
    return render(request, "desk/case/page.html", given, status=status)


@require_safe
@needs(PERMIT)
def case_head(request: HttpRequest, number: int) -> HttpResponse:
    return render(request, "desk/case/_head.html", head(request, get_case(request, number)))


@require_safe
@needs(PERMIT)
def thread(request: HttpRequest, number: int) -> HttpResponse:
    """The lines that an open page shows: those from where it began (`first`), or those before a cursor."""
    found = get_case(request, number)
    given = {"case": found, "thread": _thread(request, found)}
    part = "_earlier" if request.GET.get("before") else "_thread"
    return render(request, f"desk/case/{part}.html", given)


@require_safe
@needs(PERMIT)
def panel(request: HttpRequest, number: int, name: str) -> HttpResponse:
    found = get_case(request, number)
    entry = next((one for one in entries_for(reader(request), CasePanel) if one.name == name), None)
    shown = panels.shown_panel(request, found, entry) if entry else None
    if shown is None:
        raise Http404
    return render(request, "desk/case/_panel.html", {"case": found, "panel": shown})


def head(request: HttpRequest, case: Case) -> dict[str, Any]:
    who = reader(request)
    return {
        "case": case,
        "now": clock.now(),
        "here": others_here(who, "case", case.pk),
        "main_acts": acts_of(who, case, is_main=True),
        "more_acts": acts_of(who, case, is_main=False),
    }


def _thread(request: HttpRequest, case: Case) -> CaseThread:
    try:
        return case_thread(
            case,
            reader(request),
            before=request.GET.get("before", ""),
            first=request.GET.get("first", ""),
        )
    except paging.BadCursor:
        return case_thread(case, reader(request))
