"""Prepaid hours of a contract."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from keepwell.contracts.models import Contract, HoursEntry
from keepwell.contracts.new_contract import Use
from keepwell.contracts.verbs.granting_hours import grant_hours
from keepwell.contracts.verbs.using_hours import reverse_hours, use_hours
from keepwell.desk.access import needs, reader
from keepwell.desk.filling import FormPage, form_page, posted
from keepwell.desk.forms.contracts import HoursForm, UseForm
from keepwell.desk.views.contracts.page import get_contract, today, trail
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say_next
from keepwell.people import permits

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@needs("contract.edit")
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    contract = get_contract(request, pk)
    form = HoursForm(posted(request), initial={"on": today()})

    def do(wanted: Any) -> None:
        grant_hours(contract, form.minutes(), wanted["on"], reason=wanted["reason"], by=reader(request))

    return form_page(request, form, _around(contract, _("Grant hours")), do)


@require_http_methods(METHODS)
@needs("contract.use_hours")
def use(request: HttpRequest, pk: int) -> HttpResponse:
    """Books hours; beyond what is left only who may change contracts can."""
    contract = get_contract(request, pk)
    may_approve = permits.may(reader(request), "contract.edit")
    form = UseForm(posted(request), initial={"on": today()}, may_approve=may_approve)

    def do(wanted: Any) -> None:
        booked = Use(
            minutes=form.minutes(),
            on=wanted["on"],
            reason=wanted["reason"],
            beyond_because=wanted.get("beyond_because", ""),
        )
        use_hours(contract, booked, by=reader(request))

    return form_page(request, form, _around(contract, _("Book hours")), do)


@require_POST
@needs("contract.use_hours")
def reversal(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    contract = get_contract(request, pk)
    found = get_object_or_404(HoursEntry, pk=entry, contract=contract)
    try:
        reverse_hours(found, by=reader(request))
        say_next(request, _("Taken back: a line of its own says so."))
    except Refused as refusal:
        say_next(request, str(refusal))
    return redirect("desk:contract", pk=pk)


def _around(contract: Contract, title: str) -> FormPage:
    return FormPage(
        title=title,
        back=reverse("desk:contract", args=[contract.pk]),
        done=_("Booked."),
        save=title,
        trail=trail(contract, title),
    )
