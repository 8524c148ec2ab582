"""Changing what is known of an account: details, who looks after it, what runs there, its mail domains."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from keepwell.customers.models import Account, Deployment, MailDomain, Stewardship
from keepwell.customers.verbs.deploying import add_deployment, change_deployment, retire_deployment
from keepwell.customers.verbs.editing import change_account, change_lifecycle, put_under
from keepwell.customers.verbs.mail_domains import add_mail_domain, remove_mail_domain, verify_mail_domain
from keepwell.desk.access import needs, reader
from keepwell.desk.filling import FormPage, form_page, posted
from keepwell.desk.forms.accounts import AccountForm, DeploymentForm, MailDomainForm, StewardForm
from keepwell.desk.views.accounts.page import get_account
from keepwell.journal.recording import caused_by
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.toasting import say_next
from keepwell.people.models import User
from keepwell.success.portfolios.verbs.setting import set_steward

PERMIT = "account.edit"
METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@needs(PERMIT)
def account(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_account(request, pk)
    form = AccountForm(posted(request), reader=reader(request), account=found)
    around = _around(found, _("Edit"), back="desk:account")
    return form_page(request, form, around, lambda _wanted: _save(found, form, reader(request)))


@all_or_nothing()
def _save(found: Account, form: AccountForm, by: User) -> None:
    wanted = form.cleaned_data
    with caused_by():
        change_account(found, wanted["name"], form.details(), by=by)
        change_lifecycle(found, wanted["lifecycle"], by=by)
        put_under(found, wanted["parent"], by=by)


@require_http_methods(METHODS)
@needs(PERMIT)
def stewards(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_account(request, pk)
    form = StewardForm(posted(request), account=found)
    about = _("Somebody who has something open there hands the account over instead.")
    around = _around(found, _("Who looks after it"), back="desk:account", about=about)
    return form_page(request, form, around, lambda wanted: _appoint(found, wanted, reader(request)))


@all_or_nothing()
def _appoint(found: Account, wanted: Any, by: User) -> None:
    with caused_by():
        for kind in Stewardship.Kind.values:
            set_steward(found, wanted[kind], kind, by=by)


@require_http_methods(METHODS)
@needs(PERMIT)
def new_deployment(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_account(request, pk)
    form = DeploymentForm(posted(request))

    def add(wanted: Any) -> None:
        add_deployment(found, wanted["product"], form.details(), by=reader(request))

    return form_page(request, form, _around(found, _("Add what runs there")), add)


@require_http_methods(METHODS)
@needs(PERMIT)
def deployment(request: HttpRequest, pk: int, deployment: int) -> HttpResponse:
    found = get_account(request, pk)
    running = get_object_or_404(Deployment, pk=deployment, account=found, retired_at__isnull=True)
    form = DeploymentForm(posted(request), deployment=running)

    def change(_wanted: Any) -> None:
        change_deployment(running, form.details(), by=reader(request))

    return form_page(request, form, _around(found, str(running)), change)


@require_POST
@needs(PERMIT)
def retire(request: HttpRequest, pk: int, deployment: int) -> HttpResponse:
    found = get_account(request, pk)
    retire_deployment(get_object_or_404(Deployment, pk=deployment, account=found), by=reader(request))
    say_next(request, _("It no longer runs there. Cases about it stay."))
    return redirect("desk:account_details", pk=pk)


@require_http_methods(METHODS)
@needs(PERMIT)
def new_domain(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_account(request, pk)
    about = _("People who write from a verified domain are placed at this account.")
    around = _around(found, _("Add a mail domain"), about=about)
    form = MailDomainForm(posted(request))
    return form_page(
        request, form, around, lambda wanted: add_mail_domain(found, wanted["domain"], by=reader(request))
    )


@require_POST
@needs(PERMIT)
def verify(request: HttpRequest, pk: int, domain: int) -> HttpResponse:
    verify_mail_domain(_domain(request, pk, domain), by=reader(request))
    say_next(request, _("Verified. Newcomers who write from it are placed here."))
    return redirect("desk:account_details", pk=pk)


@require_POST
@needs(PERMIT)
def remove(request: HttpRequest, pk: int, domain: int) -> HttpResponse:
    remove_mail_domain(_domain(request, pk, domain), by=reader(request))
    say_next(request, _("Removed. Who is at the account stays there."))
    return redirect("desk:account_details", pk=pk)


def _domain(request: HttpRequest, pk: int, domain: int) -> MailDomain:
    return get_object_or_404(MailDomain, pk=domain, account=get_account(request, pk))


def _around(found: Account, title: str, *, back: str = "desk:account_details", about: str = "") -> FormPage:
    accounts = (_("Accounts"), reverse("desk:accounts"))
    return FormPage(
        title=title,
        about=about,
        back=reverse(back, args=[found.pk]),
        done=_("Saved."),
        trail=[accounts, (found.name, reverse("desk:account", args=[found.pk])), (title, "")],
    )
