"""The reader's time with us: what is ahead and was, what both sides have to do, what it was worth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from keepwell.enquiries.models import Enquiry
from keepwell.kit import clock
from keepwell.kit.paging import page
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say_next
from keepwell.portal.forms import RatingForm
from keepwell.portal.readers import Reader, customers_only, read_by
from keepwell.success.engagements.models import Action, Answer, Attendee, Engagement, Side, State
from keepwell.success.engagements.states import may_be_done
from keepwell.success.engagements.verbs.acting import finish_action, reopen_action
from keepwell.success.engagements.verbs.attending import answer as say_answer
from keepwell.success.engagements.verbs.booking import choose, still_free
from keepwell.success.engagements.verbs.ending import decline
from keepwell.success.engagements.verbs.rating import RATED, rate

ORDER = ("-changed_at", "-pk")
SIZE = 25
FEW = 20
ACTION_ACTS: Mapping[str, Callable[..., Action]] = {"finishing": finish_action, "reopening": reopen_action}


@require_safe
@customers_only
def engagements(request: HttpRequest) -> HttpResponse:
    reader = read_by(request)
    rows = Engagement.objects.visible_to(reader.actor).for_list()
    actions = Action.objects.visible_to(reader.actor).still_open()
    enquiries = Enquiry.objects.visible_to(reader.actor).still_open().for_list()
    given = {
        "reader": reader,
        "page": page(rows, order=ORDER, cursor=request.GET.get("cursor", ""), size=SIZE),
        "actions": actions.select_related("engagement", "user", "contact")[:FEW],
        "enquiries": enquiries.order_by(*ORDER)[:FEW],
        "today": timezone.localdate(clock.now()),
    }
    return render(request, "portal/engagements.html", given)


@require_safe
@customers_only
def engagement(request: HttpRequest, pk: int) -> HttpResponse:
    reader = read_by(request)
    return _page(request, reader, _get(reader, pk), RatingForm())


@require_POST
@customers_only
def time(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the times on offer is chosen; where it was taken meanwhile, what is left is shown."""
    reader = read_by(request)
    found, starts_at = _get(reader, pk), _instant(request.POST.get("starts_at", ""))
    if starts_at is None:
        return redirect("portal:engagement", pk=pk)
    return _done(request, reader, found, lambda: choose(found, starts_at, by=reader.actor), _("Booked."))


@require_POST
@customers_only
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The reader comes, does not, or perhaps."""
    reader = read_by(request)
    found, said = _get(reader, pk), request.POST.get("answer", "")
    own = get_object_or_404(found.attendees, contact=reader.contact, removed_at=None)
    if said not in Answer.values or said == Answer.OPEN:
        return redirect("portal:engagement", pk=pk)
    return _done(request, reader, found, lambda: say_answer(own, said, by=reader.actor), _("Saved."))


@require_POST
@customers_only
def declining(request: HttpRequest, pk: int) -> HttpResponse:
    reader = read_by(request)
    found = _get(reader, pk)
    return _done(request, reader, found, lambda: decline(found, by=reader.actor), _("Declined."))


@require_POST
@customers_only
def rating(request: HttpRequest, pk: int) -> HttpResponse:
    reader, form = read_by(request), RatingForm(request.POST)
    found = _get(reader, pk)
    if not form.is_valid():
        return _page(request, reader, found, form, status=422)
    given = form.cleaned_data
    return _done(
        request,
        reader,
        found,
        lambda: rate(found, given["rating"], given["words"], by=reader.actor),
        _("Thank you."),
    )


@require_POST
@customers_only
def action_act(request: HttpRequest, pk: int, action: int, act: str) -> HttpResponse:
    """What is the customer's own is done, or to be done after all."""
    if act not in ACTION_ACTS:
        raise Http404
    reader = read_by(request)
    rows = Action.objects.visible_to(reader.actor).filter(side=Side.THEIRS)
    ACTION_ACTS[act](get_object_or_404(rows, pk=action, engagement=pk), by=reader.actor)
    return redirect("portal:engagement", pk=pk)


def _get(reader: Reader, pk: int) -> Engagement:
    rows = Engagement.objects.visible_to(reader.actor).select_related("account", "host")
    return get_object_or_404(rows, pk=pk)


def _done(
    request: HttpRequest, reader: Reader, found: Engagement, do: Callable[[], object], words: str
) -> HttpResponse:
    try:
        do()
    except Refused as refusal:
        found.refresh_from_db()
        return _page(request, reader, found, RatingForm(), refused=str(refusal), status=409)
    say_next(request, words)
    return redirect("portal:engagement", pk=found.pk)


def _page(
    request: HttpRequest,
    reader: Reader,
    found: Engagement,
    form: RatingForm,
    *,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    now = clock.now()
    attendees = Attendee.objects.filter(engagement=found, removed_at=None).select_related("contact", "user")
    given: dict[str, Any] = {
        "reader": reader,
        "engagement": found,
        "attendees": attendees,
        "own": attendees.filter(contact=reader.contact).first() if reader.contact else None,
        "times": still_free(found, at=now) if may_be_done("schedule", found.state) else [],
        "may_decline": may_be_done("decline", found.state),
        "may_answer": found.state == State.SCHEDULED,
        "may_rate": found.state in RATED,
        "actions": found.actions.select_related("user", "contact"),
        "form": form,
        "refused": refused,
        "today": timezone.localdate(now),
    }
    return render(request, "portal/engagement.html", given, status=status)


def _instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None
