"""Handing an account to somebody else, from the wish for it until everything has a new owner."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keepwell.desk.access import needs, reader
from keepwell.desk.filling import FormPage, done, form_page, posted
from keepwell.desk.forms.portfolios import CompletionForm, HandOverForm
from keepwell.desk.views.accounts.page import get_account
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say_next
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.success.engagements.queries import HOLDS
from keepwell.success.portfolios.models import HandOver, State
from keepwell.success.portfolios.open_things import Thing, open_renewals_of, open_things
from keepwell.success.portfolios.queries import released_in, waiting_for
from keepwell.success.portfolios.verbs.handing_over import (
    PERMIT,
    accept,
    begin_hand_over,
    complete,
    decide,
    return_,
    withdraw,
)

SEES = "account.see"
METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@needs(PERMIT)
def new_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    account, who = get_account(request, pk), reader(request)
    form = HandOverForm(posted(request))
    begun: list[HandOver] = []
    back = reverse("desk:account", args=[pk])
    around = FormPage(
        title=_("Hand the account over"),
        save=_("Ask"),
        back=back,
        done=_("Asked. It stands on Today of whoever takes it."),
        about=_(
            "Whoever takes it accepts it first, then goes through all that is open here. Until it is "
            "completed nothing changes."
        ),
        trail=[(account.name, back), (_("Hand over"), "")],
    )
    response = form_page(
        request, form, around, lambda _wanted: begun.append(begin_hand_over(account, form.wanted(), by=who))
    )
    return redirect("desk:hand_over", pk=begun[0].pk) if begun else response


@require_safe
@needs(SEES)
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    found = _get(request, pk)
    return _page(request, found, CompletionForm(hand_over=found, reader=reader(request)))


@require_POST
@needs(PERMIT)
def hand_over_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """accepting, returning or withdrawing."""
    found, who = _get(request, pk), reader(request)
    try:
        if act == "accepting":
            accept(found, by=who)
        elif act == "returning":
            return_(found, request.POST.get("reason", ""), by=who)
        elif act == "withdrawing":
            withdraw(found, by=who)
        else:
            raise Http404
        say_next(request, _("Saved."))
    except Refused as refusal:
        say_next(request, str(refusal))
    return redirect("desk:hand_over", pk=pk)


@require_POST
@needs(PERMIT)
def hand_over_thing(request: HttpRequest, pk: int, noun: str, thing: int) -> HttpResponse:
    """Whether something open goes along; `released` in the form says that it does not."""
    found, who = _get_mine(request, pk), reader(request)
    meant = next((one for one in _things(found) if one.key == (noun, thing)), None)
    if meant is None:
        raise Http404
    try:
        decide(found, meant, is_released="released" in request.POST, by=who)
    except Refused as refusal:
        say_next(request, str(refusal))
    return redirect("desk:hand_over", pk=pk)


@require_POST
@needs(PERMIT)
def hand_over_completion(request: HttpRequest, pk: int) -> HttpResponse:
    found, who = _get_mine(request, pk), reader(request)
    form = CompletionForm(request.POST, hand_over=found, reader=who)
    if done(form, lambda _wanted: complete(found, form.told(), by=who)):
        say_next(request, _("Handed over. The account is yours."))
        return redirect("desk:account", pk=found.account_id)
    return _page(request, _get(request, pk), form, status=422)


def today_card(who: User) -> dict[str, Any] | None:
    """What he is asked to take, or is about to; None where there is nothing, and for who takes none."""
    if not permits.may(who, HOLDS):
        return None
    rows = list(waiting_for(who))
    return {"hand_overs": rows} if rows else None


def _page(request: HttpRequest, found: HandOver, form: CompletionForm, status: int = 200) -> HttpResponse:
    account, who = found.account, reader(request)
    released = released_in(found)
    things = _things(found) if found.is_under_way else []
    given = {
        "found": found,
        "form": form,
        "is_mine": found.taker_id == who.pk,
        "is_open": found.state == State.OPEN,
        "is_accepted": found.state == State.ACCEPTED,
        "sorts": [
            (str(sort.words), [(one, one.key in released) for one in of_sort])
            for sort, of_sort in groupby(things, key=lambda one: one.sort)
        ],
        "renewals": open_renewals_of(account) if found.is_under_way and found.kind == "account" else [],
        "trail": [(account.name, reverse("desk:account", args=[account.pk])), (_("Hand over"), "")],
    }
    return render(request, "desk/hand_overs/page.html", given, status=status)


def _things(found: HandOver) -> list[Thing]:
    return open_things(found.account, found.giver, found.kind) if found.giver else []


def _get_mine(request: HttpRequest, pk: int) -> HandOver:
    """Of one that the reader takes; for anybody else there is nothing to decide."""
    rows = HandOver.objects.visible_to(reader(request)).filter(taker=reader(request))
    return get_object_or_404(rows.for_list(), pk=pk)


def _get(request: HttpRequest, pk: int) -> HandOver:
    return get_object_or_404(HandOver.objects.visible_to(reader(request)).for_list(), pk=pk)
