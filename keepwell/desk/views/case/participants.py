"""Who of the customer's side takes part."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from keepwell.cases.changing import subjects_of
from keepwell.cases.models import Case
from keepwell.conversations.models import Participant
from keepwell.conversations.verbs.participating import (
    add_participant,
    confirm_participant,
    remove_participant,
)
from keepwell.customers.models import Contact
from keepwell.desk.access import needs, reader
from keepwell.desk.case_page.finding import get_case
from keepwell.desk.forms.case.people import ParticipantForm
from keepwell.desk.views.case.acting import Act, act, done, sent

PERMIT = "case.reply"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMIT)
def participants(request: HttpRequest, number: int) -> HttpResponse:
    """Adds somebody of the customer."""
    case, who = get_case(request, number), reader(request)
    page = Act(title=_("Add somebody of the customer"), save=_("Add"), done=_("Added."))
    form = ParticipantForm(case, who, sent(request))
    return act(
        request,
        case,
        form,
        page,
        lambda wanted, _seen: add_participant(
            case.conversation, wanted["contact"], about=subjects_of(case), by=who
        ),
    )


@require_POST
@needs(PERMIT)
def confirmation(request: HttpRequest, number: int, contact: int) -> HttpResponse:
    case = get_case(request, number)
    found = _get(case, contact)
    confirm_participant(case.conversation, found, about=subjects_of(case), by=reader(request))
    return done(request, case, _("Confirmed. He reads the case from now on."))


@require_POST
@needs(PERMIT)
def removal(request: HttpRequest, number: int, contact: int) -> HttpResponse:
    case = get_case(request, number)
    found = _get(case, contact)
    remove_participant(case.conversation, found, about=subjects_of(case), by=reader(request))
    return done(request, case, _("Removed. What he wrote stays."))


def _get(case: Case, contact: int) -> Contact:
    rows = Participant.objects.filter(conversation=case.conversation_id).select_related("contact")
    return get_object_or_404(rows, contact=contact).contact
