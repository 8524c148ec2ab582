"""Who works on it, and whom the customer deals with."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keepwell.cases.verbs.assigning import Assignment, assign, change_owner
from keepwell.desk.access import needs, reader
from keepwell.desk.case_page.finding import get_case
from keepwell.desk.forms.case.people import AssignmentForm, OwnerForm
from keepwell.desk.views.case.acting import Act, act, sent

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@needs("case.assign")
def assignment(request: HttpRequest, number: int) -> HttpResponse:
    case, who = get_case(request, number), reader(request)
    page = Act(title=_("Assign"), save=_("Assign"), done=_("Assigned."))
    form = AssignmentForm(case, who, sent(request))
    return act(
        request, case, form, page, lambda wanted, seen: assign(case, Assignment(**wanted), seen=seen, by=who)
    )


@require_http_methods(METHODS)
@needs("case.assign")
def owner(request: HttpRequest, number: int) -> HttpResponse:
    case, who = get_case(request, number), reader(request)
    page = Act(title=_("Another person for the customer"), save=_("Change"), done=_("Changed."))
    form = OwnerForm(case, sent(request))
    return act(
        request, case, form, page, lambda wanted, seen: change_owner(case, wanted["to"], seen=seen, by=who)
    )
