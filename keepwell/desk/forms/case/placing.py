"""Whose case it is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import get_text_list
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from keepwell.cases.models import Case
from keepwell.customers.models import Account
from keepwell.customers.queries import accounts_visible_to
from keepwell.people.models import User

NAMED_AT_MOST = 5


class PlacementForm(forms.Form):
    account = forms.CharField(
        label=_("Account"),
        max_length=200,
        help_text=_("Its name, or how it begins; or its customer number."),
    )

    def __init__(self, case: Case, who: User, data: Any = None) -> None:
        super().__init__(data, initial={"account": case.account.name if case.account else ""})
        self.accounts = accounts_visible_to(who)

    def clean_account(self) -> Account:
        return account_called(str(self.cleaned_data["account"]).strip(), self.accounts)


def account_called(words: str, accounts: QuerySet[Account]) -> Account:
    """The one account of this name, or customer number, or that begins so. Errors: ValidationError."""
    exact = list(accounts.filter(name__iexact=words)[:2]) or list(
        accounts.filter(reference__iexact=words)[:2]
    )
    found = exact or list(accounts.filter(name__istartswith=words).order_by("name")[:NAMED_AT_MOST])
    if len(found) == 1:
        return found[0]
    raise forms.ValidationError(_which(found))


def _which(found: list[Account]) -> str:
    if not found:
        return _now("There is no account of that name. Its beginning is enough.")
    names = get_text_list([account.name for account in found], _now("or"))
    return _now("Which one: %(names)s? Write more of the name.") % {"names": names}
