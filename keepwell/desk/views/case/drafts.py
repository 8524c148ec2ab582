"""What is being written, kept as it grows; and the files put to it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from keepwell.conversations.models import DraftAttachment, DraftKind
from keepwell.conversations.verbs.drafting import attach_to_draft, detach_from_draft
from keepwell.desk.access import needs, reader
from keepwell.desk.case_page import writing
from keepwell.desk.case_page.finding import address_of, find_case, is_fetched
from keepwell.files.refusals import FileRefused
from keepwell.files.verbs.storing import store
from keepwell.kit import markup


@require_POST
@needs("case.note")
def draft(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Keeps the text; answered without a word."""
    writing.keep(find_case(request, number), _kind(kind), request.POST, reader(request))
    return HttpResponse(status=204)


@require_POST
@needs("case.note")
def written(request: HttpRequest, number: int) -> HttpResponse:
    """What stands in a box (`body`), as the formatted box shows it; nothing is kept."""
    find_case(request, number)
    return HttpResponse(markup.html(request.POST.get("body", "")))


@require_POST
@needs("case.note")
def draft_files(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Takes in one file (`file`) and gives its list item; a refusal is answered in plain words (422)."""
    case, who = find_case(request, number), reader(request)
    sent: Any = request.FILES.get("file")
    if sent is None:
        raise Http404
    try:
        attachment = store(sent, by=who)
    except FileRefused as refusal:
        return HttpResponse(str(refusal), status=422, content_type="text/plain; charset=utf-8")
    attach_to_draft(case.conversation, attachment, kind=_kind(kind), by=who)
    file = writing.shown_file(case, kind, attachment)
    return render(request, "desk/case/_draft_file.html", {"file": file})


@require_POST
@needs("case.note")
def draft_file_removal(request: HttpRequest, number: int, kind: str, attachment: int) -> HttpResponse:
    """The file is not sent after all."""
    case, who = find_case(request, number), reader(request)
    own = DraftAttachment.objects.filter(draft__conversation=case.conversation_id, draft__user=who)
    row = get_object_or_404(own.select_related("attachment"), attachment=attachment, draft__kind=_kind(kind))
    detach_from_draft(case.conversation, row.attachment, kind=kind, by=who)
    if is_fetched(request):
        return HttpResponse()
    return redirect(f"{address_of(case)}#write")


def _kind(kind: str) -> str:
    if kind not in DraftKind.values:
        raise Http404
    return kind
