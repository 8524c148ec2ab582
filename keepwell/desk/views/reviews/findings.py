"""The findings of a review, and what becomes of each."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from keepwell.desk.access import needs, reader
from keepwell.desk.filling import FormPage, form_page, posted
from keepwell.desk.forms.reviews import EndingForm, FindingForm, TakeUpForm
from keepwell.desk.views.reviews.page import get_review, trail
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say_next
from keepwell.success.reviews.editing import PERMIT
from keepwell.success.reviews.models import Finding, Review
from keepwell.success.reviews.states import End
from keepwell.success.reviews.verbs import deciding, findings

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@needs(PERMIT)
def new_finding(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_review(request, pk)
    form = FindingForm(posted(request))
    return form_page(
        request,
        form,
        _around(found, _("New finding"), _("Added."), save=_("Add")),
        lambda _wanted: findings.add_finding(found, form.said(), by=reader(request)),
    )


@require_http_methods(METHODS)
@needs(PERMIT)
def finding(request: HttpRequest, pk: int, finding: int) -> HttpResponse:
    found, row = _get(request, pk, finding)
    form = FindingForm(posted(request), finding=row)
    return form_page(
        request,
        form,
        _around(found, _("Finding"), _("Saved.")),
        lambda _wanted: findings.change_finding(row, form.said(), by=reader(request)),
    )


@require_POST
@needs(PERMIT)
def removal(request: HttpRequest, pk: int, finding: int) -> HttpResponse:
    _found, row = _get(request, pk, finding)
    try:
        findings.remove_finding(row, by=reader(request))
    except Refused as refusal:
        say_next(request, str(refusal), tone="bad")
    else:
        say_next(request, _("Taken out."))
    return redirect("desk:review", pk=pk)


@require_http_methods(METHODS)
@needs(PERMIT)
def action(request: HttpRequest, pk: int, finding: int) -> HttpResponse:
    """It becomes an action on the road map."""
    found, row = _get(request, pk, finding)
    form = TakeUpForm(posted(request), finding=row)
    around = _around(
        found,
        _("On the road map"),
        _("It stands on the road map now."),
        about=row.evidence,
        save=_("Put it on the road map"),
    )
    return form_page(
        request, form, around, lambda _wanted: deciding.take_up(row, form.words(), by=reader(request))
    )


@require_http_methods(METHODS)
@needs(PERMIT)
def ending(request: HttpRequest, pk: int, finding: int) -> HttpResponse:
    """Accepted as a risk, or rejected."""
    found, row = _get(request, pk, finding)
    around = _around(found, _("Not as an action"), _("Kept."), about=row.evidence)

    def do(wanted: Any) -> None:
        decide = deciding.accept_risk if wanted["end"] == End.ACCEPTED_RISK else deciding.reject
        decide(row, wanted["reason"], by=reader(request))

    return form_page(request, EndingForm(posted(request)), around, do)


def _get(request: HttpRequest, pk: int, finding: int) -> tuple[Review, Finding]:
    found = get_review(request, pk)
    return found, get_object_or_404(Finding.objects.select_related("review"), review=found, pk=finding)


def _around(found: Review, title: str, done: str, *, about: str = "", save: str = "") -> FormPage:
    back = reverse("desk:review", args=[found.pk]) + "#findings"
    return FormPage(title=title, back=back, done=done, about=about, save=save, trail=trail(found, title))
