"""Handing to another level or team, and the answers to it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from keepwell.cases.verbs.escalating import accept, escalate, return_, take_back_handoff
from keepwell.desk.access import needs, reader
from keepwell.desk.case_page.finding import get_case
from keepwell.desk.forms.case.levels import EscalationForm, ReturnForm
from keepwell.desk.views.case.acting import Act, Nothing, act, sent

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@needs("case.escalate")
def escalation(request: HttpRequest, number: int) -> HttpResponse:
    case, who = get_case(request, number), reader(request)
    page = Act(
        title=_("Escalate"),
        about=_("The three parts go along, so that nobody asks the customer twice."),
        save=_("Ask them to take it"),
        done=_("Asked. Until somebody accepts it stays where it is."),
    )
    form = EscalationForm(case, sent(request))
    return act(
        request,
        case,
        form,
        page,
        lambda _wanted, seen: escalate(case, form.destination(), form.hand_off(), seen=seen, by=who),
    )


@require_POST
@needs("case.take_hand_off")
def acceptance(request: HttpRequest, number: int) -> HttpResponse:
    case, who = get_case(request, number), reader(request)
    page = Act(title=_("Accept the hand-off"), save=_("Accept"), done=_("Accepted. You work on it now."))
    return act(
        request, case, Nothing(sent(request)), page, lambda _wanted, seen: accept(case, seen=seen, by=who)
    )


@require_http_methods(METHODS)
@needs("case.take_hand_off")
def hand_off_return(request: HttpRequest, number: int) -> HttpResponse:
    case, who = get_case(request, number), reader(request)
    page = Act(title=_("Return it"), save=_("Return"), done=_("Returned, with your reason."))
    form = ReturnForm(sent(request))
    return act(
        request, case, form, page, lambda wanted, seen: return_(case, wanted["reason"], seen=seen, by=who)
    )


@require_http_methods(METHODS)
@needs("case.escalate")
def taking_back(request: HttpRequest, number: int) -> HttpResponse:
    case, who = get_case(request, number), reader(request)
    page = Act(
        title=_("Take the hand-off back"),
        about=_("The case is again where it came from, with whoever had it."),
        save=_("Take it back"),
        done=_("Taken back."),
    )
    form = Nothing(sent(request))
    return act(request, case, form, page, lambda _wanted, seen: take_back_handoff(case, seen=seen, by=who))
