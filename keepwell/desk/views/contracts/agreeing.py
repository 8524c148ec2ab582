"""A contract begins, or something else is agreed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keepwell.contracts.new_contract import NewContract
from keepwell.contracts.verbs.changing import change_contract
from keepwell.contracts.verbs.opening import open_contract
from keepwell.desk.access import needs, reader
from keepwell.desk.filling import FormPage, form_page, posted
from keepwell.desk.forms.contracts import ContractForm, NewContractForm
from keepwell.desk.views.accounts.page import get_account
from keepwell.desk.views.contracts.page import get_contract, trail

PERMIT = "contract.edit"
METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@needs(PERMIT)
def new_contract(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_account(request, pk)
    title = _("New contract")
    back = reverse("desk:account_contracts", args=[found.pk])
    accounts = (_("Accounts"), reverse("desk:accounts"))
    account = (found.name, reverse("desk:account", args=[found.pk]))
    around = FormPage(
        title=title,
        back=back,
        done=_("The contract is there. Add what may be used under it."),
        trail=[accounts, account, (_("Contracts"), back), (title, "")],
    )
    form = NewContractForm(posted(request))

    def begin(wanted: Any) -> None:
        new = NewContract(
            agreed=form.agreed(),
            starts_on=wanted["starts_on"],
            ends_on=wanted["ends_on"],
            began_on=wanted["began_on"],
        )
        open_contract(found, new, by=reader(request))

    return form_page(request, form, around, begin)


@require_http_methods(METHODS)
@needs(PERMIT)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_contract(request, pk)
    title = _("Edit")
    around = FormPage(
        title=title,
        back=reverse("desk:contract", args=[pk]),
        done=_("Saved."),
        about=_("The last days for notice and budget follow from what stands here and from the term."),
        trail=trail(found, title),
    )
    form = ContractForm(posted(request), contract=found)
    return form_page(
        request, form, around, lambda _wanted: change_contract(found, form.agreed(), by=reader(request))
    )
