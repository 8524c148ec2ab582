"""Where somebody who is on call is asked, and says that he looks: one button, by POST."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keepwell.cases.models import Case
from keepwell.desk.access import needs, reader
from keepwell.desk.filling import FormPage, form_page, posted
from keepwell.staffing.models import CallOut
from keepwell.staffing.verbs.calling_out import acknowledge


@require_http_methods(["GET", "HEAD", "POST"])
@needs("case.see")
def call_out(request: HttpRequest, pk: int) -> HttpResponse:
    """The case that asks; only for those who were asked. Done, it leads to the case."""
    who = reader(request)
    asked = get_object_or_404(CallOut, pk=pk, steps__user=who)
    case = get_object_or_404(Case.objects.visible_to(who), pk=asked.subject_id)
    page = FormPage(
        title=_("A case of High asks for you"),
        about=_("#%(number)s %(subject)s. Say that you look at it, and nobody else is asked.")
        % {"number": case.number, "subject": case.subject},
        save=_("I look at it"),
        done=_("You look at it. Nobody else is asked."),
        back=f"/desk/cases/{case.number}/",
    )
    return form_page(request, forms.Form(posted(request)), page, lambda _none: acknowledge(asked, by=who))
