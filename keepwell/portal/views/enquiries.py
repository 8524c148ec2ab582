"""Asking us for something that is no problem, and what was asked for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keepwell.conversations.models import Channel
from keepwell.conversations.shown_words import words_html
from keepwell.conversations.thread import thread
from keepwell.conversations.words import Words
from keepwell.enquiries.models import Enquiry, Kind
from keepwell.enquiries.refusals import NoAccount
from keepwell.enquiries.verbs.answering import write_on
from keepwell.enquiries.verbs.asking import NewEnquiry, ask
from keepwell.enquiries.verbs.settling import withdraw
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say_next
from keepwell.portal.forms import EnquiryForm, WordsForm
from keepwell.portal.readers import Reader, customers_only, read_by


@require_http_methods(["GET", "HEAD", "POST"])
@customers_only
def new_enquiry(request: HttpRequest) -> HttpResponse:
    reader = read_by(request)
    form = EnquiryForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            asked = _ask(reader, form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            say_next(request, _("We have it, and come back to you."))
            return redirect("portal:enquiry", pk=asked.pk)
    given = {"reader": reader, "form": form}
    return render(request, "portal/new_enquiry.html", given, status=422 if form.errors else 200)


@require_safe
@customers_only
def enquiry(request: HttpRequest, pk: int) -> HttpResponse:
    reader = read_by(request)
    return _page(request, reader, _get(reader, pk), WordsForm())


@require_POST
@customers_only
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """The customer says more about it."""
    reader = read_by(request)
    found, form = _get(reader, pk), WordsForm(request.POST)
    if form.is_valid():
        said = Words(body=form.cleaned_data["words"], channel=Channel.PORTAL)
        write_on(found, said, by=reader.actor)
        say_next(request, _("We have it."))
        return redirect("portal:enquiry", pk=pk)
    return _page(request, reader, found, form, status=422)


@require_POST
@customers_only
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever asked wants it no more."""
    reader = read_by(request)
    withdraw(_get(reader, pk), by=reader.actor)
    say_next(request, _("Withdrawn."))
    return redirect("portal:enquiry", pk=pk)


def _page(
    request: HttpRequest, reader: Reader, found: Enquiry, form: WordsForm, status: int = 200
) -> HttpResponse:
    given = {
        "reader": reader,
        "enquiry": found,
        "form": form,
        "lines": [(line, words_html(line.said)) for line in thread(found.conversation, reader.actor).lines],
        "may_withdraw": found.is_open and reader.contact is not None and found.contact == reader.contact,
    }
    return render(request, "portal/enquiry.html", given, status=status)


def _ask(reader: Reader, form: EnquiryForm) -> Enquiry:
    if reader.contact is None:
        raise NoAccount
    given = form.cleaned_data
    words = Words(body=given["words"], channel=Channel.PORTAL)
    wanted = given["wanted"] if given["kind"] == Kind.ENGAGEMENT else ""
    return ask(reader.contact, NewEnquiry(kind=given["kind"], wanted=wanted, words=words), by=reader.actor)


def _get(reader: Reader, pk: int) -> Enquiry:
    rows = Enquiry.objects.visible_to(reader.actor).for_list().select_related("conversation")
    return get_object_or_404(rows, pk=pk)
