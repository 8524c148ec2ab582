"""A new case, with what is known of the customer already."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keepwell.channels.form.how_bad import HOW_BAD
from keepwell.channels.form.promised import by_when
from keepwell.channels.form.verbs.submitting import Submitted, submit
from keepwell.files.drafts import drafted
from keepwell.kit import clock
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say_next
from keepwell.portal.forms import NewCaseForm
from keepwell.portal.readers import Reader, customers_only, read_by
from keepwell.portal.uploads import draft_of, take_in


@require_http_methods(["GET", "HEAD", "POST"])
@customers_only
def new_case(request: HttpRequest) -> HttpResponse:
    """An empty form, or the one that was sent: a case, or the same words with what is to be mended."""
    reader = read_by(request)
    if request.method != "POST":
        return _page(request, reader, NewCaseForm(reader.contact))
    form = NewCaseForm(reader.contact, request.POST)
    if take_in(request, reader, form):
        return _page(request, reader, form)
    if not form.is_valid():
        return _page(request, reader, form, status=422)
    return _send(request, reader, form)


def _send(request: HttpRequest, reader: Reader, form: NewCaseForm) -> HttpResponse:
    try:
        case = submit(_submitted(reader, form), by=reader.user)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, reader, form, status=422)
    say_next(request, _("We have it: case %(number)s.") % {"number": case.number})
    return redirect("portal:case", number=case.number)


def _submitted(reader: Reader, form: NewCaseForm) -> Submitted:
    given = form.cleaned_data
    return Submitted(
        key=given["key"],
        subject=given["subject"],
        body=given["body"],
        severity=given["severity"],
        situation=str(dict(HOW_BAD)[given["severity"]]),
        draft=draft_of(reader, given["files_of"]),
        deployment=given["deployment"],
        is_private=given["is_private"],
    )


def _page(request: HttpRequest, reader: Reader, form: NewCaseForm, status: int = 200) -> HttpResponse:
    account = reader.contact.account_id if reader.contact else None
    given = {
        "reader": reader,
        "form": form,
        "files": drafted(draft_of(reader, form["files_of"].value() or "")) if form.is_bound else (),
        "foreseen": by_when(account, clock.now()),
    }
    return render(request, "portal/new_case.html", given, status=status)
