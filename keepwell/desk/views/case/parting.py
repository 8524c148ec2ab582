"""A mail that joined the wrong case gets one of its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keepwell.cases.queries import conversation_ids
from keepwell.channels.email.verbs.parting import move_to_new_case
from keepwell.channels.models import InboundMail
from keepwell.desk.access import needs, reader
from keepwell.desk.case_page.finding import get_case
from keepwell.desk.views.case.acting import Act, Nothing, act, sent


@require_http_methods(["GET", "HEAD", "POST"])
@needs("triage.place")
def parting(request: HttpRequest, number: int, message: int) -> HttpResponse:
    case, who = get_case(request, number), reader(request)
    said_in = conversation_ids(case, who)
    rows = InboundMail.objects.visible_to(who).filter(message__conversation__in=said_in)
    mail = get_object_or_404(rows.select_related("message__author_contact", "raw"), message=message)
    page = Act(
        title=_("It belongs elsewhere"),
        about=_(
            "The mail and its files begin a case of their own, of whoever wrote it. What it did here, such "
            "as ending a wait, stays: both cases tell of it."
        ),
        save=_("Make it a case of its own"),
        done=_("It is a case of its own now. The line below tells which."),
        text=mail.why,
    )
    form = Nothing(sent(request))
    return act(request, case, form, page, lambda _wanted, _seen: move_to_new_case(mail, by=who))
