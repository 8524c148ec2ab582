"""Files, each through what it belongs to."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from keepwell.cases.queries import conversation_ids
from keepwell.conversations.models import DraftAttachment, MessageAttachment, NoteAttachment
from keepwell.desk.access import needs, reader
from keepwell.desk.case_page.finding import get_case
from keepwell.files.models import Attachment
from keepwell.files.reading import open_attachment
from keepwell.files.refusals import FileGone
from keepwell.files.serving import headers_of


@require_safe
@needs("case.see")
def message_file(request: HttpRequest, number: int, message: int, attachment: int) -> HttpResponseBase:
    said_in = conversation_ids(get_case(request, number), reader(request))
    rows = MessageAttachment.objects.filter(message=message, message__conversation__in=said_in)
    return served(rows, attachment)


@require_safe
@needs("case.see")
def note_file(request: HttpRequest, number: int, note: int, attachment: int) -> HttpResponseBase:
    said_in = conversation_ids(get_case(request, number), reader(request))
    return served(NoteAttachment.objects.filter(note=note, note__conversation__in=said_in), attachment)


@require_safe
@needs("case.see")
def draft_file(request: HttpRequest, number: int, attachment: int) -> HttpResponseBase:
    """Of one's own draft."""
    conversation = get_case(request, number).conversation_id
    rows = DraftAttachment.objects.filter(draft__conversation=conversation, draft__user=reader(request))
    return served(rows, attachment)


def served(rows: QuerySet[Any], attachment: int) -> HttpResponseBase:
    """The file that one of these rows links, to be read or saved; else 404."""
    found: Attachment = get_object_or_404(
        rows.select_related("attachment__blob"), attachment=attachment
    ).attachment
    try:
        content = open_attachment(found)
    except FileGone:
        raise Http404 from None
    response = FileResponse(content)
    # Set afterwards, for the answer makes up a name and a type of its own.
    for name, value in headers_of(found).items():
        response.headers[name] = value
    return response
