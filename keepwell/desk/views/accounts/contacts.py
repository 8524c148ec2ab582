"""One contact: adding, and everything that is known of him."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keepwell.cases.models import Case
from keepwell.customers.models import Contact, ContactAddress, ContactPhone
from keepwell.customers.queries import contacts_visible_to
from keepwell.customers.verbs.adding import add_contact
from keepwell.customers.verbs.addressing import confirm_address, make_primary, remove_address
from keepwell.customers.verbs.phoning import remove_phone
from keepwell.desk.access import needs, reader
from keepwell.desk.filling import FormPage, done, form_page, posted
from keepwell.desk.forms import contacts as filled
from keepwell.desk.views.accounts.contact_parts import PARTS
from keepwell.desk.views.accounts.page import get_account
from keepwell.kit.toasting import say_next

CASES_SHOWN = 10
FORMS: dict[str, type[Any]] = {
    "name": filled.NameForm,
    "addresses": filled.AddressForm,
    "phones": filled.PhoneForm,
    "roles": filled.RolesForm,
    "access": filled.AccessForm,
    "place": filled.PlaceForm,
    "merge": filled.MergeForm,
    "erasure": filled.ErasureForm,
}
ADDRESS_ACTS = {"primary": make_primary, "confirmation": confirm_address, "removal": remove_address}


@require_http_methods(["GET", "HEAD", "POST"])
@needs("contact.edit")
def new_contact(request: HttpRequest, pk: int) -> HttpResponse:
    account = get_account(request, pk)
    added: list[Contact] = []

    def add(wanted: Any) -> None:
        added.append(add_contact(**wanted, account=account, by=reader(request)))

    people = reverse("desk:account_people", args=[pk])
    page = FormPage(
        title=_("Add a contact"),
        save=_("Add"),
        back=people,
        done=_("Added."),
        trail=[(account.name, reverse("desk:account", args=[pk])), (_("People"), people), (_("Add"), "")],
    )
    response = form_page(request, filled.NewContactForm(posted(request)), page, add)
    return redirect("desk:contact", pk=added[0].pk) if added else response


@require_safe
@needs("contact.see")
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """The contact's page; one that was merged leads to whoever stands for both."""
    merged = get_object_or_404(Contact, pk=pk)
    if merged.merged_into_id:
        return redirect("desk:contact", pk=merged.merged_into_id)
    return _contact_page(request, _get(request, pk), {})


@require_POST
@needs("contact.edit")
def part(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """Saves one part of the page; what could not be saved is shown with everything else around it."""
    if part not in FORMS:
        raise Http404
    found = _get(request, pk)
    form = FORMS[part](found, request.POST)
    if done(form, lambda _wanted: PARTS[part](found, form, reader(request))):
        say_next(request, _("Saved."))
        return redirect("desk:contact", pk=pk)
    return _contact_page(request, _get(request, pk), {part: form})


@require_POST
@needs("contact.edit")
def address_act(request: HttpRequest, pk: int, address: int, act: str) -> HttpResponse:
    if act not in ADDRESS_ACTS:
        raise Http404
    found = get_object_or_404(ContactAddress, pk=address, contact=_get(request, pk))
    ADDRESS_ACTS[act](found, by=reader(request))
    return redirect("desk:contact", pk=pk)


@require_POST
@needs("contact.edit")
def phone_removal(request: HttpRequest, pk: int, phone: int) -> HttpResponse:
    remove_phone(get_object_or_404(ContactPhone, pk=phone, contact=_get(request, pk)), by=reader(request))
    return redirect("desk:contact", pk=pk)


def _get(request: HttpRequest, pk: int) -> Contact:
    rows = contacts_visible_to(reader(request)).select_related("account", "user")
    return get_object_or_404(rows.prefetch_related("addresses", "phones"), pk=pk)


def _contact_page(request: HttpRequest, found: Contact, bound: dict[str, forms.Form]) -> HttpResponse:
    cases = Case.objects.visible_to(reader(request)).filter(contact=found).order_by("-changed_at", "-pk")
    given = {
        "contact": found,
        "forms": {name: bound.get(name) or form(found) for name, form in FORMS.items()},
        "cases": cases[:CASES_SHOWN],
        "trail": _trail(found),
    }
    return render(request, "desk/contacts/page.html", given, status=422 if bound else 200)


def _trail(found: Contact) -> list[tuple[str, str]]:
    if found.account is None:
        return [(_("Accounts"), reverse("desk:accounts")), (str(found), "")]
    account = found.account
    return [
        (account.name, reverse("desk:account", args=[account.pk])),
        (_("People"), reverse("desk:account_people", args=[account.pk])),
        (str(found), ""),
    ]
