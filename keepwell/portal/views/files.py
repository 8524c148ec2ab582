"""Files of a case, each through a message that its reader can read."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from keepwell.cases.queries import conversation_ids
from keepwell.conversations.models import MessageAttachment
from keepwell.conversations.models.message import READABLE_STATES
from keepwell.files.reading import open_attachment
from keepwell.files.refusals import FileGone
from keepwell.files.serving import headers_of
from keepwell.portal.finding import get_case
from keepwell.portal.readers import case_readers, read_by


@require_safe
@case_readers
def case_file(request: HttpRequest, number: int, attachment: int) -> HttpResponseBase:
    reader = read_by(request)
    said_in = conversation_ids(get_case(reader, number), reader.actor)
    rows = MessageAttachment.objects.filter(
        message__conversation__in=said_in, message__state__in=READABLE_STATES
    )
    row = get_object_or_404(rows.select_related("attachment__blob"), attachment=attachment)
    try:
        response = FileResponse(open_attachment(row.attachment))
    except FileGone:
        raise Http404 from None
    # Set afterwards, for the answer makes up a name and a type of its own.
    for name, value in headers_of(row.attachment).items():
        response.headers[name] = value
    return response
