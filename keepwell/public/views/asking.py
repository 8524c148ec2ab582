"""The submission form and its receipt."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from keepwell.channels.form.promised import by_when
from keepwell.channels.form.verbs.submitting import BY, Submitted, submit
from keepwell.channels.models import Submission
from keepwell.files.drafts import Draft, drafted
from keepwell.files.refusals import FileRefused
from keepwell.files.verbs.storing import store
from keepwell.kit import clock
from keepwell.kit.refusals import Refused
from keepwell.outbox.verbs.queuing import AddressRefused
from keepwell.public.forms import AskForm, CodeForm, fresh
from keepwell.public.limits import is_within
from keepwell.service_levels.queries import clocks_of

SENT = "sent_forms"
KEPT_FORMS = 10


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """An empty form, or the one that was sent: a case, or the same words again with what is to be mended."""
    if request.method != "POST":
        return _page(request, AskForm(initial=fresh()))
    form = AskForm(request.POST)
    _keep_files(request, form)
    if not form.is_valid():
        return _again(request, form, 422)
    if not is_within(request, "submit", form.cleaned_data["email"]):
        form.add_error(None, _("That was often. Nothing was sent; try again in an hour, or write us a mail."))
        return _again(request, form, 429)
    return _send(request, form)


@never_cache
@require_safe
def receipt(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The number and the promise, for the browser that sent the form."""
    if str(key) not in request.session.get(SENT, ()):
        raise Http404
    sent = Submission.objects.select_related("case__contact").filter(key=key).first()
    if sent is None:
        raise Http404
    given = {
        "case": sent.case,
        "clocks": [one for one in clocks_of([sent.case_id]).get(sent.case_id, ()) if one.metric != "overall"],
        "form": CodeForm(),
        "email": request.session.get("sent_from", ""),
    }
    return render(request, "public/receipt.html", given)


def _send(request: HttpRequest, form: AskForm) -> HttpResponse:
    try:
        submit(_submitted(request, form.cleaned_data), by=None)
    except (Refused, AddressRefused) as refusal:
        form.add_error(None, str(refusal))
        return _again(request, form, 422)
    key = str(form.cleaned_data["key"])
    request.session[SENT] = [*request.session.get(SENT, ()), key][-KEPT_FORMS:]
    request.session["sent_from"] = form.cleaned_data["email"]
    return redirect("public:receipt", key=key)


def _submitted(request: HttpRequest, given: dict[str, Any]) -> Submitted:
    choices = dict(AskForm.base_fields["severity"].choices)  # type: ignore[attr-defined]
    return Submitted(
        key=given["key"],
        subject=given["subject"],
        body=given["body"],
        severity=given["severity"],
        situation=str(choices[given["severity"]]),
        draft=_draft(request, given["files_of"]),
        name=given["name"],
        email=given["email"],
        product=given["product"],
    )


def _keep_files(request: HttpRequest, form: AskForm) -> None:
    """Takes in what was chosen, also when the rest has to be mended: nobody chooses his files twice."""
    token = request.POST.get("files_of", "")[:64]
    for upload in request.FILES.getlist("files"):
        try:
            store(upload, by=BY, draft=_draft_begun(request, token))
        except FileRefused as refusal:
            form.add_error(None, str(refusal))


def _draft_begun(request: HttpRequest, token: str) -> Draft | None:
    if not request.session.session_key:
        request.session.create()
    return _draft(request, token)


def _draft(request: HttpRequest, token: str) -> Draft | None:
    """Where the form's files wait; None in a browser without a session, which has brought none."""
    key = request.session.session_key
    return Draft(token=token, holder=f"session:{key}") if key else None


def _again(request: HttpRequest, form: AskForm, status: int) -> HttpResponse:
    if spoiled := form.spoiled():
        anew = fresh()
        form.data = {**request.POST.dict(), **{name: anew[name] for name in spoiled}}
    return _page(request, form, status=status)


def _page(request: HttpRequest, form: AskForm, status: int = 200) -> HttpResponse:
    draft = _draft(request, form["files_of"].value() or "")
    given = {
        "form": form,
        "files": drafted(draft) if form.is_bound and draft else (),
        "foreseen": by_when(None, clock.now()),
    }
    return render(request, "public/ask.html", given, status=status)
