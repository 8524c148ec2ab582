"""Who else is at the case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from keepwell.cases.models import Case
from keepwell.conversations.models import Message, Note
from keepwell.conversations.verbs.seeing import mark_seen
from keepwell.desk.access import needs, reader
from keepwell.desk.case_page.finding import get_case
from keepwell.kit.identities import id_in
from keepwell.notices.verbs.reading import read_notices_of
from keepwell.people.models import User
from keepwell.staffing.attending import attend, others_here, turn_away
from keepwell.staffing.models import Attention

GONE = "gone"


@require_http_methods(["GET", "HEAD", "POST"])
@needs("case.see")
def presence(request: HttpRequest, number: int) -> HttpResponse:
    """Who else is here. By POST somebody says what he does (reading, writing, gone) and what he read."""
    case, who = get_case(request, number), reader(request)
    if request.method == "POST":
        _say(case, who, request.POST.get("doing", ""))
        _mark(case, who, request)
        return HttpResponse(status=204)
    return render(
        request, "desk/case/_presence.html", {"case": case, "here": others_here(who, "case", case.pk)}
    )


def _say(case: Case, who: User, doing: str) -> None:
    if doing == GONE:
        turn_away(who, "case", case.pk)
    elif doing in Attention.Doing.values:
        attend(who, "case", case.pk, doing=doing)
        read_notices_of(case, by=who)


def _mark(case: Case, who: User, request: HttpRequest) -> None:
    message = _known(Message, case, request.POST.get("message", ""))
    note = _known(Note, case, request.POST.get("note", ""))
    if message or note:
        mark_seen(case.conversation, message=message, note=note, by=who)


def _known(table: type[Message] | type[Note], case: Case, sent: str) -> int | None:
    rows = table._default_manager.filter(pk=id_in(sent) or 0, conversation=case.conversation_id)
    return rows.values_list("pk", flat=True).first()
