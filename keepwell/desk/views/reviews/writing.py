"""What is written around a review, over which days it goes, and where it goes next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from keepwell.desk.access import needs, reader
from keepwell.desk.filling import FormPage, form_page, posted
from keepwell.desk.forms.reviews import PeriodForm, SectionForm, SummaryForm
from keepwell.desk.views.reviews.page import get_review, trail
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say_next
from keepwell.success.reviews.editing import PERMIT
from keepwell.success.reviews.models import Review
from keepwell.success.reviews.verbs import assembling, delivering
from keepwell.success.reviews.verbs.writing import write_sections, write_summary

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@needs(PERMIT)
def summary(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_review(request, pk)
    form = SummaryForm(posted(request), initial={"summary": found.summary, "notes": found.notes})
    return form_page(
        request,
        form,
        _around(found, _("Summary"), _("Saved.")),
        lambda wanted: write_summary(found, wanted["summary"], wanted["notes"], by=reader(request)),
    )


@require_http_methods(METHODS)
@needs(PERMIT)
def section(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    found = get_review(request, pk)
    row = get_object_or_404(found.sections, key=key)
    form = SectionForm(posted(request), section=row)
    return form_page(
        request,
        form,
        _around(found, row.title, _("Saved.")),
        lambda _wanted: write_sections(found, {key: form.said()}, by=reader(request)),
    )


@require_http_methods(METHODS)
@needs(PERMIT)
def anew(request: HttpRequest, pk: int) -> HttpResponse:
    """The data gathered again, over these days."""
    found = get_review(request, pk)
    form = PeriodForm(posted(request), review=found)
    around = _around(
        found,
        _("Assemble anew"),
        _("Assembled anew."),
        about=_(
            "The data is read again as it is now. What you wrote stays; proposed findings that nobody "
            "changed are proposed anew."
        ),
        save=_("Assemble"),
    )

    def do(_wanted: Any) -> None:
        assembling.assemble_again(found, form.span(), by=reader(request))

    return form_page(request, form, around, do)


@require_POST
@needs(PERMIT)
def handing_in(request: HttpRequest, pk: int) -> HttpResponse:
    return _moved(request, pk, delivering.hand_in, _("Handed in. Read it, then deliver it."))


@require_POST
@needs(PERMIT)
def taking_back(request: HttpRequest, pk: int) -> HttpResponse:
    return _moved(request, pk, delivering.take_back, _("It is a draft again."))


@require_POST
@needs(PERMIT)
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    return _moved(request, pk, delivering.deliver, _("Delivered. The customer reads it from now on."))


@require_POST
@needs(PERMIT)
def discarding(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_review(request, pk)
    account = found.account_id
    try:
        assembling.discard(found, by=reader(request))
    except Refused as refusal:
        say_next(request, str(refusal), tone="bad")
        return redirect("desk:review", pk=pk)
    say_next(request, _("The draft is gone."))
    return redirect("desk:account_reviews", pk=account)


def _moved(request: HttpRequest, pk: int, move: Callable[..., None], words: str) -> HttpResponse:
    try:
        move(get_review(request, pk), by=reader(request))
    except Refused as refusal:
        say_next(request, str(refusal), tone="bad")
    else:
        say_next(request, words)
    return redirect("desk:review", pk=pk)


def _around(found: Review, title: str, done: str, *, about: str = "", save: str = "") -> FormPage:
    back = reverse("desk:review", args=[found.pk])
    return FormPage(title=title, back=back, done=done, about=about, save=save, trail=trail(found, title))
