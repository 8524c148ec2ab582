"""One case: how it stands, what was said, what can be done. Its parts fetch themselves when it moves."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from keepwell.cases.locking import allows
from keepwell.cases.models import Case
from keepwell.conversations.models import DraftKind, Message
from keepwell.conversations.queries import draft_of as kept_words
from keepwell.files.drafts import drafted, new_token
from keepwell.kit.paging import BadCursor
from keepwell.portal.case_page.lines import CaseThread, thread_of
from keepwell.portal.case_page.people import people_of
from keepwell.portal.case_page.promises import promises_of
from keepwell.portal.finding import get_case, survivor_of
from keepwell.portal.forms import ParticipantForm, ReplyForm
from keepwell.portal.next_steps import may_reopen, next_step, steps_of
from keepwell.portal.readers import Reader, case_readers, read_by
from keepwell.portal.rows import due_of, now_here
from keepwell.portal.uploads import draft_of
from keepwell.service_levels.queries import standings_of


@require_safe
@case_readers
def case(request: HttpRequest, number: int) -> HttpResponse:
    """A merged one leads to where it goes on."""
    reader = read_by(request)
    found = get_case(reader, number)
    survivor = survivor_of(reader, found)
    if survivor:
        return redirect("portal:case", number=survivor.number)
    return whole_page(request, found, reader)


@require_safe
@case_readers
def standing(request: HttpRequest, number: int) -> HttpResponse:
    reader = read_by(request)
    return render(request, "portal/case/_standing.html", standing_of(get_case(reader, number), reader))


@require_safe
@case_readers
def thread(request: HttpRequest, number: int) -> HttpResponse:
    reader = read_by(request)
    found = get_case(reader, number)
    given = {"case": found, "reader": reader, "thread": thread_of(found, reader)}
    return render(request, "portal/case/_thread.html", given)


def whole_page(
    request: HttpRequest,
    found: Case,
    reader: Reader,
    *,
    reply: ReplyForm | None = None,
    participant: ParticipantForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; with forms that came back, as they were filled in."""
    given = {
        **standing_of(found, reader),
        "thread": _thread(request, found, reader),
        "is_earlier": bool(request.GET.get("before")),
        "people": people_of(found, reader),
        "participant": participant or ParticipantForm(),
        "reply": reply_box(found, reader, reply),
    }
    return render(request, "portal/case/page.html", given, status=status)


def standing_of(found: Case, reader: Reader) -> dict[str, Any]:
    """How the case stands, what was promised, and which acts are offered."""
    now = now_here()
    return {
        "case": found,
        "reader": reader,
        "step": next_step(found, due_of(standings_of([found.pk]).get(found.pk)), now),
        "steps": steps_of(found),
        "promises": promises_of(found, now),
        "may_close": allows(found, "close"),
        "may_reopen": may_reopen(found, now.at) and allows(found, "reopen"),
        "may_withdraw": allows(found, "withdraw"),
    }


def reply_box(found: Case, reader: Reader, form: ReplyForm | None = None) -> dict[str, Any]:
    """What stands in the reply box: what came back, else what was kept of it."""
    token = str(form["files_of"].value() or "") if form else ""
    return {
        "form": form,
        "body": form["body"].value() or "" if form else _kept(found, reader),
        "files_of": token or new_token(),
        "files": drafted(draft_of(reader, token)) if token else (),
        "to": found.owner.name if found.owner else "",
        "seen_through": form["seen_through"].value() if form else _newest(found),
    }


def _newest(found: Case) -> int:
    said = Message.objects.filter(conversation=found.conversation_id).order_by("-pk")
    return said.values_list("pk", flat=True).first() or 0


def _kept(found: Case, reader: Reader) -> str:
    draft = kept_words(found.conversation, reader.user, DraftKind.REPLY) if reader.user else None
    return draft.body if draft else ""


def _thread(request: HttpRequest, found: Case, reader: Reader) -> CaseThread:
    try:
        return thread_of(found, reader, before=request.GET.get("before", ""))
    except BadCursor:
        raise Http404 from None
