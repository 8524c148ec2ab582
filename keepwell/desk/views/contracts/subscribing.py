"""What may be used under a contract."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keepwell.contracts.models import Subscription
from keepwell.contracts.verbs.subscribing import end_subscription, subscribe
from keepwell.desk.access import needs, reader
from keepwell.desk.filling import FormPage, form_page, posted
from keepwell.desk.forms.contracts import SubscriptionEndForm, SubscriptionForm
from keepwell.desk.views.contracts.page import get_contract, today, trail

PERMIT = "contract.edit"
METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@needs(PERMIT)
def new_subscription(request: HttpRequest, pk: int) -> HttpResponse:
    contract = get_contract(request, pk)
    title = _("Subscribe to more")
    around = FormPage(
        title=title, back=reverse("desk:contract", args=[pk]), done=_("Added."), trail=trail(contract, title)
    )
    form = SubscriptionForm(posted(request), contract=contract, today=today())

    def add(_wanted: Any) -> None:
        subscribe(contract, form.subscription(), by=reader(request))

    return form_page(request, form, around, add)


@require_http_methods(METHODS)
@needs(PERMIT)
def end(request: HttpRequest, pk: int, subscription: int) -> HttpResponse:
    contract = get_contract(request, pk)
    found = get_object_or_404(Subscription, pk=subscription, contract=contract)
    title = _("End %(what)s") % {"what": found}
    around = FormPage(
        title=title, back=reverse("desk:contract", args=[pk]), done=_("Saved."), trail=trail(contract, title)
    )
    form = SubscriptionEndForm(posted(request), initial={"ends_on": found.ends_on or today()})
    return form_page(
        request, form, around, lambda wanted: end_subscription(found, wanted["ends_on"], by=reader(request))
    )
