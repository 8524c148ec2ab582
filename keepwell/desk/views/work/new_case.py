"""A case that staff write down."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keepwell.cases.models import Case
from keepwell.channels.by_hand.verbs.entering import enter
from keepwell.desk.access import needs, reader
from keepwell.desk.filling import FormPage, form_page, posted
from keepwell.desk.forms.case.opening import NewCaseForm


@require_http_methods(["GET", "HEAD", "POST"])
@needs("case.enter")
def new_case(request: HttpRequest) -> HttpResponse:
    """The form, with `who` from the address filled in; sent, it leads to the case."""
    form = NewCaseForm(reader(request), posted(request), who=request.GET.get("who", ""))
    opened: list[Case] = []

    def open_it(_wanted: Any) -> None:
        opened.append(enter(form.entered(), by=reader(request)))

    page = FormPage(
        title=_("New case"),
        save=_("Open the case"),
        back=reverse("desk:cases"),
        done=_("The case is open, and its promises run."),
        trail=[(_("Cases"), reverse("desk:cases")), (_("New case"), "")],
    )
    response = form_page(request, form, page, open_it)
    return redirect("desk:case", number=opened[0].number) if opened else response
