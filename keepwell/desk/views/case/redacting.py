"""Taking words out of what was said.

Its link leads to a page and opens no dialog: what is typed into a dialog is kept by the browser, and here
that would be the very words that are to be gone.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keepwell.cases.models import Case
from keepwell.cases.queries import conversation_ids
from keepwell.conversations.models import Message, Note
from keepwell.conversations.models.message import STANDING_STATES
from keepwell.conversations.verbs.redacting import redact
from keepwell.desk.access import needs, reader
from keepwell.desk.case_page.finding import get_case
from keepwell.desk.forms.case.redacting import RedactionForm
from keepwell.desk.views.case.acting import Act, act, sent

METHODS = ["GET", "HEAD", "POST"]
PERMIT = "message.redact"


@require_http_methods(METHODS)
@needs(PERMIT)
def message_redaction(request: HttpRequest, number: int, message: int) -> HttpResponse:
    case = get_case(request, number)
    said_in = conversation_ids(case, reader(request))
    rows = Message.objects.filter(conversation__in=said_in, state__in=STANDING_STATES)
    return _redaction(request, case, get_object_or_404(rows, pk=message), f"message-{message}")


@require_http_methods(METHODS)
@needs(PERMIT)
def note_redaction(request: HttpRequest, number: int, note: int) -> HttpResponse:
    case = get_case(request, number)
    rows = Note.objects.filter(conversation__in=conversation_ids(case, reader(request)))
    return _redaction(request, case, get_object_or_404(rows, pk=note), f"message-note-{note}")


def _redaction(request: HttpRequest, case: Case, said: Message | Note, place: str) -> HttpResponse:
    who = reader(request)
    page = Act(
        title=_("Remove words"),
        about=_(
            "What you remove is gone for good, also from mails that are kept and from everybody's drafts. "
            "A mail that has arrived is not called back. Who did it, and when, stays to be seen."
        ),
        save=_("Remove for good"),
        done=_("Removed for good."),
        kind="bad",
        text=said.body,
        place=place,
    )
    form = RedactionForm(sent(request))
    return act(
        request, case, form, page, lambda wanted, _seen: redact(said, passages=wanted["passages"], by=who)
    )
