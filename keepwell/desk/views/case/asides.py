"""Side threads: asking somebody outside, what he answers, and where it ends. The customer sees none of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from keepwell.cases.models import Case
from keepwell.channels.email.at_the_case import waiting_beside_thread
from keepwell.conversations.words import Words
from keepwell.desk.access import needs, reader
from keepwell.desk.case_page import asides, rows
from keepwell.desk.case_page.finding import address_of, find_case, get_case, is_fetched
from keepwell.desk.case_page.mails import shown_mails
from keepwell.desk.forms.case.asides import AnsweringForm, AskingForm
from keepwell.desk.forms.case.redacting import RedactionForm
from keepwell.desk.views.case.acting import Act, Nothing, act, sent
from keepwell.desk.views.case.files import served
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say_next
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.side_threads.models import SideAttachment, SideParty, SideThread
from keepwell.side_threads.new_side_thread import NewSideThread
from keepwell.side_threads.queries import messages_of
from keepwell.side_threads.verbs.answering import answer
from keepwell.side_threads.verbs.beginning import begin
from keepwell.side_threads.verbs.ending import end, reopen
from keepwell.side_threads.verbs.erasing import erase_asked
from keepwell.side_threads.verbs.redacting import redact

METHODS = ["GET", "HEAD", "POST"]
SEE, WRITE = "case.see", asides.PERMIT


@require_http_methods(METHODS)
@needs(WRITE)
def beginning(request: HttpRequest, number: int) -> HttpResponse:
    """Asks somebody else."""
    case, who = get_case(request, number), reader(request)
    form = AskingForm(who, sent(request))
    if form.is_bound:
        form.take_in(request.FILES.getlist("files"))
    page = Act(
        title=_("Ask somebody else"),
        about=_("By mail, beside this case: a sub-supplier, a hosting provider, another department."),
        save=_("Send it"),
        done=_("Asked. The answer comes back beside this case, and never to the customer."),
    )
    return act(request, case, form, page, lambda wanted, _seen: _begin(case, form, who))


@require_safe
@needs(SEE)
def side(request: HttpRequest, number: int, side: int) -> HttpResponse:
    """Its page; under the number of a case that was merged it leads to the one that lives."""
    case: Any = get_case(request, number)
    if case.is_merged:
        return redirect("desk:case_side", number=case.merged_number, side=side)
    return _page(request, case, get_side(request, case, side))


@require_safe
@needs(SEE)
def side_thread(request: HttpRequest, number: int, side: int) -> HttpResponse:
    """What was written, as an open page fetches it again."""
    case = get_case(request, number)
    thread = get_side(request, case, side)
    return render(request, "desk/case/asides/_thread.html", _thread(request, case, thread))


@require_POST
@needs(WRITE)
def answers(request: HttpRequest, number: int, side: int) -> HttpResponse:
    """Sends what stands in the box; refused, it comes back as it was typed."""
    case, who = get_case(request, number), reader(request)
    thread, form = get_side(request, case, side), AnsweringForm(who, request.POST)
    form.take_in(request.FILES.getlist("files"))
    if not form.is_valid():
        return _back(request, case, thread, form)
    try:
        _answer(thread, form, who)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _back(request, case, get_side(request, case, side), form)
    return _to_side(request, case, thread, _("Sent. The side thread waits for them."))


@require_POST
@needs(WRITE)
def ending(request: HttpRequest, number: int, side: int) -> HttpResponse:
    case = find_case(request, number)
    thread = end(get_side(request, case, side), by=reader(request))
    return _to_side(request, case, thread, _("Ended. An answer that still comes opens it again."))


@require_POST
@needs(WRITE)
def reopening(request: HttpRequest, number: int, side: int) -> HttpResponse:
    case = find_case(request, number)
    thread = reopen(get_side(request, case, side), by=reader(request))
    return _to_side(request, case, thread, _("Open again."))


@require_safe
@needs(SEE)
def side_file(
    request: HttpRequest, number: int, side: int, message: int, attachment: int
) -> HttpResponseBase:
    thread = get_side(request, find_case(request, number), side)
    return served(SideAttachment.objects.filter(message=message, message__thread=thread), attachment)


@require_http_methods(METHODS)
@needs("message.redact")
def redaction(request: HttpRequest, number: int, side: int, message: int) -> HttpResponse:
    case, who = get_case(request, number), reader(request)
    said = get_object_or_404(get_side(request, case, side).messages, pk=message)
    page = Act(
        title=_("Remove words"),
        about=_(
            "What you remove is gone for good, also from mails that are kept and from everybody's drafts. "
            "A mail that has arrived is not called back. Who did it, and when, stays to be seen."
        ),
        save=_("Remove for good"),
        done=_("Removed for good."),
        kind="bad",
        text=said.body,
        place=f"message-side-{message}",
    )
    form = RedactionForm(sent(request))
    return act(
        request, case, form, page, lambda wanted, _seen: redact(said, passages=wanted["passages"], by=who)
    )


@require_http_methods(METHODS)
@needs("person.erase")
def erasure(request: HttpRequest, number: int, side: int, party: int) -> HttpResponse:
    """Forgets somebody who was asked."""
    case, who = get_case(request, number), reader(request)
    found = get_object_or_404(get_side(request, case, side).parties.exclude(address=""), pk=party)
    page = Act(
        title=_("Forget this person"),
        about=_(
            "Name, address and all that this person wrote are gone for good, in every side thread of every "
            "case, and so is mail to and from this person. That somebody was asked and answered stays to be "
            "seen."
        ),
        save=_("Forget for good"),
        done=_("Forgotten. What you wrote yourselves stays."),
        kind="bad",
        text=f"{found.name} {found.address}".strip(),
    )
    address = found.address
    form = Nothing(sent(request))
    return act(request, case, form, page, lambda _wanted, _seen: erase_asked(address, by=who))


def get_side(request: HttpRequest, case: Case, side: int) -> SideThread:
    """The side thread of this case that the reader may see; else 404."""
    rows = SideThread.objects.visible_to(reader(request)).filter(case=case).select_related("case")
    return get_object_or_404(rows, pk=side)


@all_or_nothing()
def _begin(case: Case, form: AskingForm, who: User) -> SideThread:
    given = form.cleaned_data
    words = Words(body=given["body"], attachments=form.taken())
    return begin(case, NewSideThread(asked=form.asked, subject=given["subject"], words=words), by=who)


@all_or_nothing()
def _answer(thread: SideThread, form: AnsweringForm, who: User) -> None:
    given = form.cleaned_data
    words = Words(body=given["body"], attachments=form.taken())
    answer(thread, words, seen_through=given["seen_through"], by=who)


def _page(
    request: HttpRequest, case: Case, thread: SideThread, form: AnsweringForm | None = None, status: int = 200
) -> HttpResponse:
    who = reader(request)
    words, tone = asides.state_chip(thread)
    given = {
        **_thread(request, case, thread),
        **_box(request, case, thread, form),
        "state": words,
        "tone": tone,
        "people": [{"row": party, "name": asides.name_of_party(party)} for party in _parties(thread)],
        "may_erase": permits.may(who, "person.erase"),
        "trail": [(f"{case.number} {case.subject}", address_of(case)), (thread.subject, "")],
    }
    return render(request, "desk/case/asides/page.html", given, status=status)


def _thread(request: HttpRequest, case: Case, thread: SideThread) -> dict[str, Any]:
    who = reader(request)
    said = list(messages_of(SideThread.objects.filter(pk=thread.pk)))
    waiting = {mail.pk: mail for mail in waiting_beside_thread(thread)}
    held = [rows.held_row(mail) for mail in shown_mails(waiting, who).values()]
    shown = sorted([*asides.aside_rows(case, said, who), *held], key=lambda row: (row.at, row.rank))
    last = max((message.pk for message in said), default=0)
    return {"case": case, "side": thread, "rows": shown, "last": last}


def _box(request: HttpRequest, case: Case, thread: SideThread, form: AnsweringForm | None) -> dict[str, Any]:
    who = reader(request)
    shown = form or AnsweringForm(who)
    newest = thread.messages.order_by("-pk").values_list("pk", flat=True).first()
    return {
        "case": case,
        "side": thread,
        "form": shown,
        "seen_through": newest or 0,
        "to": [party for party in _parties(thread) if party.address],
        "may_write": permits.may(who, WRITE),
    }


def _parties(thread: SideThread) -> list[SideParty]:
    return list(thread.parties.order_by("pk"))


def _back(request: HttpRequest, case: Case, thread: SideThread, form: AnsweringForm) -> HttpResponse:
    if not is_fetched(request):
        return _page(request, case, thread, form, status=422)
    given = _box(request, case, thread, form)
    return render(request, "desk/case/asides/_write.html", given, status=422)


def _to_side(request: HttpRequest, case: Case, thread: SideThread, words: str) -> HttpResponse:
    say_next(request, words)
    address = asides.address_of_side(case, thread.pk)
    return HttpResponseClientRedirect(address) if is_fetched(request) else redirect(address)
