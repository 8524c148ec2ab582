"""Notes among staff."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from keepwell.cases.models import Case
from keepwell.cases.verbs.noting import add_note
from keepwell.conversations.words import Words
from keepwell.desk.access import needs, reader
from keepwell.desk.case_page import writing
from keepwell.desk.case_page.finding import address_of, find_case, get_case, is_fetched
from keepwell.desk.forms.case.writing import NoteForm
from keepwell.desk.views.case.page import whole_page
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say, say_next

KIND = writing.NOTE


@require_POST
@needs("case.note")
def notes(request: HttpRequest, number: int) -> HttpResponse:
    """Adds what stands in the box; refused, it comes back as it was typed."""
    case, who = find_case(request, number), reader(request)
    form = NoteForm(request.POST)
    writing.keep(case, KIND, request.POST, who)
    refused = writing.take_files(case, KIND, request.FILES.getlist("files"), who)
    form.is_valid()
    for words in refused:
        form.add_error(None, words)
    if refused:
        return _back(request, case, form)
    try:
        files = writing.files_of(case, KIND, who)
        add_note(case, Words(body=form.data.get("body", ""), attachments=files), by=who)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _back(request, case, form)
    return _done(request, case)


def _done(request: HttpRequest, case: Case) -> HttpResponse:
    words = _("Noted. Only staff can read it.")
    if not is_fetched(request):
        say_next(request, words)
        return redirect(f"{address_of(case)}?write=note#write")
    response = render(request, "desk/case/_note.html", writing.note_box(case, None))
    return say(trigger_client_event(response, "caseChanged"), words)


def _back(request: HttpRequest, case: Case, form: NoteForm) -> HttpResponse:
    if not is_fetched(request):
        return whole_page(request, get_case(request, case.number), note=form, status=422)
    draft = writing.drafts_of(case, reader(request)).get(KIND)
    return render(request, "desk/case/_note.html", writing.note_box(case, draft, form), status=422)
