"""What customers asked for that is no problem: the list, and one with its words."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from keepwell.desk.access import needs, reader
from keepwell.desk.forms.letters import AnswerForm
from keepwell.desk.said import answered, said_in, take_back
from keepwell.enquiries.models import Enquiry, Kind, State
from keepwell.enquiries.verbs.answering import answer
from keepwell.enquiries.verbs.settling import HANDLES, settle, take
from keepwell.kit.paging import page
from keepwell.kit.toasting import say_next
from keepwell.success.engagements.models import Engagement, Origin

PERMIT = "account.see"
ORDER = ("-changed_at", "-pk")
SETTLES = {"done": State.DONE, "declining": State.DECLINED}


@require_safe
@needs(PERMIT)
def enquiries(request: HttpRequest) -> HttpResponse:
    """The open ones; ?show=all, ?kind=licensing, ?whose=mine."""
    who, kind = reader(request), request.GET.get("kind", "")
    shows_all, is_mine = request.GET.get("show") == "all", request.GET.get("whose") == "mine"
    rows = Enquiry.objects.visible_to(who).for_list()
    rows = rows if shows_all else rows.still_open()
    rows = rows.filter(kind=kind) if kind in Kind.values else rows
    rows = rows.filter(owner=who) if is_mine else rows
    given = {
        "page": page(rows, order=ORDER, cursor=request.GET.get("cursor", "")),
        "shows_all": shows_all,
        "is_mine": is_mine,
        "kind": kind if kind in Kind.values else "",
        "kinds": Kind.choices,
    }
    return render(request, "desk/enquiries/list.html", given)


@require_safe
@needs(PERMIT)
def enquiry(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _get(request, pk))


@require_POST
@needs(HANDLES)
def enquiry_answer(request: HttpRequest, pk: int) -> HttpResponse:
    found, who = _get(request, pk), reader(request)
    form = answered(request, lambda words: answer(found, words, by=who))
    return _page(request, found, form, status=422) if form else redirect("desk:enquiry", pk=pk)


@require_POST
@needs(HANDLES)
def enquiry_undo(request: HttpRequest, pk: int, message: int) -> HttpResponse:
    take_back(request, _get(request, pk).conversation, message, reader(request))
    return redirect("desk:enquiry", pk=pk)


@require_POST
@needs(HANDLES)
def enquiry_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Taking it, and saying that it is done or declined."""
    found, who = _get(request, pk), reader(request)
    if act == "taking":
        take(found, who, by=who)
    elif act in SETTLES:
        settle(found, SETTLES[act], by=who)
    else:
        raise Http404
    say_next(request, _("Saved."))
    return redirect("desk:enquiry", pk=pk)


def _page(
    request: HttpRequest, found: Enquiry, form: AnswerForm | None = None, status: int = 200
) -> HttpResponse:
    who = reader(request)
    from_it = Engagement.objects.visible_to(who).filter(origin=Origin.ENQUIRY, origin_id=found.pk)
    given = {
        "enquiry": found,
        **said_in(found.conversation, who, form),
        "engagement": from_it.first(),
        "trail": [(_("Enquiries"), reverse("desk:enquiries")), (found.get_kind_display(), "")],
    }
    return render(request, "desk/enquiries/page.html", given, status=status)


def _get(request: HttpRequest, pk: int) -> Enquiry:
    rows: Any = Enquiry.objects.visible_to(reader(request)).for_list().select_related("conversation")
    found: Enquiry = get_object_or_404(rows, pk=pk)
    return found
