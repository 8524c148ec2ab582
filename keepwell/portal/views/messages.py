"""Writing to us about a case. What was typed is never lost, whatever is refused."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from keepwell.cases.models import Case
from keepwell.cases.verbs.receiving import customer_replies
from keepwell.channels.form.verbs.following import send_code
from keepwell.channels.form.verbs.submitting import BY
from keepwell.conversations.models import DraftKind
from keepwell.conversations.verbs.drafting import save_draft
from keepwell.conversations.words import Words
from keepwell.customers.models import Contact
from keepwell.files.drafts import take
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say, say_next
from keepwell.portal.finding import get_case
from keepwell.portal.forms import LONGEST_BODY, ReplyForm
from keepwell.portal.readers import Reader, case_readers, read_by
from keepwell.portal.uploads import draft_of, take_in
from keepwell.portal.views.case import reply_box, whole_page


@require_POST
@case_readers
def messages(request: HttpRequest, number: int) -> HttpResponse:
    """Sends what stands in the box; refused, it comes back as it was typed."""
    reader = read_by(request)
    case, form = get_case(reader, number), ReplyForm(request.POST)
    _keep(case, reader, request.POST.get("body", ""))
    if take_in(request, reader, form):
        return _back(request, case, reader, form, status=200)
    if not form.is_valid():
        return _back(request, case, reader, form)
    try:
        return _sent(request, reader, case, _send(case, reader, form))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _back(request, case, reader, form)


@require_POST
@case_readers
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """Keeps the text of somebody signed in; answered without a word."""
    reader = read_by(request)
    _keep(get_case(reader, number), reader, request.POST.get("body", ""))
    return HttpResponse(status=204)


def _keep(case: Case, reader: Reader, body: str) -> None:
    if reader.user:
        save_draft(case.conversation, kind=DraftKind.REPLY, body=body[:LONGEST_BODY], by=reader.user)


@all_or_nothing()
def _send(case: Case, reader: Reader, form: ReplyForm) -> Case:
    given = form.cleaned_data
    files = take(draft_of(reader, given["files_of"]))
    words = Words(body=given["body"], channel="portal", attachments=files)
    return customer_replies(case, words, seen_through=given["seen_through"], by=reader.actor)


def _sent(request: HttpRequest, reader: Reader, written: Case, taken: Case) -> HttpResponse:
    """`taken` is the case that the words belong to now: a new one where the old one is over."""
    if taken.pk not in (written.pk, written.merged_into_id):
        return _to_follow_up(request, reader, written, taken)
    if not request.htmx:  # type: ignore[attr-defined]
        say_next(request, _("Sent."))
        return redirect("portal:case", number=taken.number)
    _keep(written, reader, "")
    given = {"case": taken, "reader": reader, "reply": reply_box(taken, reader), "is_fresh": True}
    response = render(request, "portal/case/_reply.html", given)
    return say(trigger_client_event(response, "caseChanged"), _("Sent."))


def _to_follow_up(request: HttpRequest, reader: Reader, written: Case, taken: Case) -> HttpResponse:
    numbers = {"old": written.number, "new": taken.number}
    _keep(written, reader, "")
    say_next(
        request,
        _("Case %(old)s ended too long ago, so this is a new one: %(new)s. The two are linked.") % numbers,
    )
    address = _way_to(reader, taken)
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(address)
    return redirect(address)


def _way_to(reader: Reader, taken: Case) -> str:
    """Somebody who is not signed in shows once more, with a code, that the new case is his."""
    if reader.user or not isinstance(reader.actor, Contact):
        return f"/portal/cases/{taken.number}/"
    address = reader.actor.addresses.filter(verified_at__isnull=False).order_by("-is_primary", "pk").first()
    if address:
        send_code(taken, address, by=BY)
    return f"/follow/{taken.number}/"


def _back(
    request: HttpRequest, case: Case, reader: Reader, form: ReplyForm, *, status: int = 422
) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        return whole_page(request, case, reader, reply=form, status=status)
    given = {"case": case, "reader": reader, "reply": reply_box(case, reader, form)}
    return render(request, "portal/case/_reply.html", given, status=status)
