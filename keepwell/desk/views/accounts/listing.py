"""The list of accounts, and opening one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from keepwell.customers.models import Account
from keepwell.customers.verbs.opening import open_account
from keepwell.desk.access import needs, reader
from keepwell.desk.account_rows import ORDER, account_filters, account_rows, open_cases_of
from keepwell.desk.filling import FormPage, form_page, posted
from keepwell.desk.filtering import chips, menus, words_of
from keepwell.desk.forms.accounts import AccountForm
from keepwell.kit.paging import page


@require_safe
@needs("account.see")
def accounts(request: HttpRequest) -> HttpResponse:
    who = reader(request)
    filters = account_filters(who)
    found = page(account_rows(who, request, filters), order=ORDER, cursor=request.GET.get("cursor", ""))
    given = {
        "page": found,
        "words": words_of(request),
        "chips": chips(request, filters),
        "menus": menus(request, filters),
        "kept": [(one.name, one.chosen(request)) for one in filters if one.chosen(request)],
        "open_cases": open_cases_of(who, found.rows),
    }
    return render(request, "desk/accounts/list.html", given)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("account.edit")
def new_account(request: HttpRequest) -> HttpResponse:
    def add(wanted: Any) -> None:
        added.append(
            open_account(
                wanted["name"],
                form.details(),
                lifecycle=wanted["lifecycle"],
                parent=wanted["parent"],
                by=reader(request),
            )
        )

    added: list[Account] = []
    form = AccountForm(posted(request), reader=reader(request))
    back = reverse("desk:accounts")
    around = FormPage(
        title=_("New account"),
        save=_("Open the account"),
        back=back,
        done=_("Account opened."),
        trail=[(_("Accounts"), back), (_("New account"), "")],
    )
    response = form_page(request, form, around, add)
    return redirect("desk:account", pk=added[0].pk) if added else response
