"""Answering the customer: with time to take it back, and never past what somebody else just said."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import reswap, retarget, trigger_client_event

from keepwell.cases.models import Case
from keepwell.cases.refusals import CaseHasChanged
from keepwell.cases.resolution import Resolution
from keepwell.cases.verbs.replying import Reply, reply
from keepwell.channels.email.audience import audience_of
from keepwell.conversations.models import Message
from keepwell.conversations.verbs.undoing import undo
from keepwell.conversations.words import Words
from keepwell.desk.access import needs, reader
from keepwell.desk.case_page import writing
from keepwell.desk.case_page.finding import address_of, find_case, get_case, is_fetched
from keepwell.desk.case_page.news import News, Seen, is_own_doing, news_since
from keepwell.desk.forms.case.writing import ReplyForm, SeenForm
from keepwell.desk.views.case.page import whole_page
from keepwell.journal.recording import caused_by
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say, say_next
from keepwell.people.models import User
from keepwell.service_levels.verbs.promising import promise_update

PERMIT = "case.reply"
KIND = writing.REPLY
A_MOMENT = timedelta(minutes=1)


@require_POST
@needs(PERMIT)
def replies(request: HttpRequest, number: int) -> HttpResponse:
    """Sends what stands in the box; refused, overtaken or only looked at, it comes back as it was typed."""
    case, who = find_case(request, number), reader(request)
    form = ReplyForm(request.POST)
    writing.keep(case, KIND, request.POST, who)
    refused = writing.take_files(case, KIND, request.FILES.getlist("files"), who)
    is_complete = form.is_valid()
    for words in refused:
        form.add_error(None, words)
    if not is_complete or refused:
        return _back(request, get_case(request, number), form, status=422)
    audience = audience_of(case, form.copies())
    is_preview = form.cleaned_data["then"] == "preview"
    if is_preview or audience.differs.mark not in ("", form.cleaned_data["told"]):
        form.audience = audience
        return _back(request, get_case(request, number), form, status=200 if is_preview else 409)
    return _sent(request, case, form)


@require_safe
@needs(PERMIT)
def known(request: HttpRequest, number: int) -> HttpResponse:
    """Whom a copy may go to, asked for once somebody thinks of copies."""
    people = writing.people_of_account(get_case(request, number), reader(request))
    return render(request, "desk/case/_known.html", {"known": people})


@require_safe
@needs(PERMIT)
def news(request: HttpRequest, number: int) -> HttpResponse:
    """What others did since the writer began (`from_...`), and how far he has read now that he is told."""
    case, who = get_case(request, number), reader(request)
    begun = SeenForm({"seen": request.GET.get("from_seen"), "seen_through": request.GET.get("from_through")})
    begun.is_valid()
    found = news_since(case, begun.seen_value(), who)
    is_writing = bool(request.GET.get("writing"))
    since = begun.seen_value() if is_writing else found.seen
    told = found if is_writing else None
    return render(
        request, "desk/case/_news.html", {"case": case, "news": told, "since": since, "seen": found.seen}
    )


@require_POST
@needs(PERMIT)
def undone(request: HttpRequest, number: int, message: int) -> HttpResponse:
    """Takes the answer back; its words stand in the box again, before what was begun meanwhile."""
    case, who = get_case(request, number), reader(request)
    found = get_object_or_404(Message, pk=message, conversation=case.conversation_id)
    if request.POST.get("begun", "").strip():
        writing.keep(case, KIND, {"body": request.POST["begun"]}, who)
    undo(found, by=who)
    words = _("Taken back. Nobody outside has read it.")
    if not is_fetched(request):
        say_next(request, words)
        return redirect(f"{address_of(case)}#write")
    draft = writing.drafts_of(case, who).get(KIND)
    given = writing.reply_box(request, case, draft, seen=_seen(case))
    response = render(request, "desk/case/_reply.html", {**given, "is_fresh": True})
    response = retarget(reswap(response, "outerHTML"), "#reply-form")
    return say(trigger_client_event(response, "caseChanged"), words)


def _sent(request: HttpRequest, case: Case, form: ReplyForm) -> HttpResponse:
    who = reader(request)
    try:
        message = _send_despite_own(case, form, who)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _back(request, get_case(request, case.number), form, status=422)
    except CaseHasChanged:
        case = get_case(request, case.number)
        return _back(request, case, form, news=news_since(case, form.seen_value(), who), status=409)
    return _done(request, case, message)


def _send_despite_own(case: Case, form: ReplyForm, who: User) -> Message:
    seen = form.seen_value()
    try:
        return _send(case, form, seen, who)
    except CaseHasChanged as changed:
        if not is_own_doing(changed, who):
            raise
    return _send(case, form, Seen(through=seen.through), who)


def _send(case: Case, form: ReplyForm, seen: Seen, who: User) -> Message:
    given, at = form.cleaned_data, clock.now()
    written = Reply(
        words=Words(body=given["body"], attachments=writing.files_of(case, KIND, who)),
        copies=form.copies(),
        intention=given["then"] or None,
        resolution=Resolution(how=given["how"] or "answered", root_cause=given["root_cause"]),
        seen_through=seen.through,
        undo_for=given["leave_at"] - at if given["leave_at"] else None,
    )
    with all_or_nothing(), caused_by():
        message = reply(case, written, seen=seen.version, by=who, at=at)
        # Sent twice, it was promised the first time.
        if given["update_at"] and message.written_at == at:
            promise_update(case, given["update_at"], by=who, at=at)
        return message


def _done(request: HttpRequest, case: Case, message: Message) -> HttpResponse:
    is_later = message.release_at and message.release_at > clock.now() + A_MOMENT
    words = _("It leaves when you said.") if is_later else _("It leaves in a moment.")
    undo_url = reverse("desk:case_message_undo", args=[case.number, message.pk])
    told: Any = {"undo_url": undo_url, "seconds": settings.KEEPWELL_UNDO_SECONDS}
    if not is_fetched(request):
        say_next(request, words, **told)
        return redirect(f"{address_of(case)}#write")
    case = get_case(request, case.number)
    given = writing.reply_box(request, case, None, seen=_seen(case))
    response = render(request, "desk/case/_reply.html", given)
    return say(trigger_client_event(response, "caseChanged"), words, **told)


def _back(
    request: HttpRequest, case: Case, form: ReplyForm, *, news: News | None = None, status: int = 200
) -> HttpResponse:
    if not is_fetched(request):
        return whole_page(request, case, reply=form, news=news, status=status)
    draft = writing.drafts_of(case, reader(request)).get(KIND)
    seen = news.seen if news else form.seen_value()
    given = writing.reply_box(request, case, draft, seen=seen, form=form, news=news)
    return render(request, "desk/case/_reply.html", given, status=status)


def _seen(case: Case) -> Seen:
    newest = Message.objects.filter(conversation=case.conversation_id).order_by("-pk")
    return Seen(version=case.version, through=newest.values_list("pk", flat=True).first() or 0)
