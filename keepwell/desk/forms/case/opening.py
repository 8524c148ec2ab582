"""A case that staff write down: who it is about, how it came, what is wrong."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.text import get_text_list
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from keepwell.cases.details import LONGEST_SUBJECT
from keepwell.cases.words import SEVERITY_WORDS
from keepwell.channels.by_hand.verbs.entering import Entered, Somebody
from keepwell.channels.by_hand.ways import EXPLAINED, WAYS
from keepwell.customers.models import Contact, Product
from keepwell.customers.queries import accounts_visible_to, contacts_visible_to
from keepwell.desk.forms.case.details import EXPLANATIONS
from keepwell.desk.forms.case.placing import NAMED_AT_MOST, account_called
from keepwell.kit.forms import Explained
from keepwell.people.models import User


class NewCaseForm(forms.Form):
    """`entered()` is what the verb takes. `key` makes it one case however often it is sent."""

    way = forms.ChoiceField(
        label=_("How it came"), choices=WAYS, widget=Explained(explanations=EXPLAINED), initial="call"
    )
    who = forms.CharField(
        label=_("Who has the problem?"),
        max_length=254,
        help_text=_("A name or its beginning, or a mail address."),
    )
    name = forms.CharField(
        label=_("Their name, if we do not know them yet"),
        max_length=200,
        required=False,
        help_text=_("With it, the mail address above becomes a new contact."),
    )
    account = forms.CharField(
        label=_("And their account, as far as it is known"),
        max_length=200,
        required=False,
        help_text=_("Its name, or how it begins; or its customer number."),
    )
    severity = forms.ChoiceField(
        label=_("How bad it is"),
        choices=SEVERITY_WORDS,
        widget=Explained(explanations=EXPLANATIONS, marks=True),
        initial="normal",
    )
    situation = forms.CharField(
        label=_("What makes it so"), required=False, max_length=500, help_text=_("The customer reads it.")
    )
    subject = forms.CharField(label=_("What is wrong, in a few words?"), max_length=LONGEST_SUBJECT)
    words = forms.CharField(
        label=_("What you know"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("A note: staff only."),
    )
    product = forms.ModelChoiceField(
        label=_("Which product?"),
        queryset=Product.objects.filter(is_active=True).order_by("name"),
        required=False,
        empty_label=_("Not known"),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, reader: User, data: Any = None, who: str = "") -> None:
        super().__init__(data, initial={"key": str(uuid.uuid4()), "who": who})
        self.reader = reader

    def clean_account(self) -> Any:
        words = str(self.cleaned_data["account"]).strip()
        return account_called(words, accounts_visible_to(self.reader)) if words else None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("who"):
            self._find(str(given["who"]).strip())
        return given

    def _find(self, words: str) -> None:
        found = list(_contacts_called(words, contacts_visible_to(self.reader))[: NAMED_AT_MOST + 1])
        name = self.cleaned_data.get("name", "")
        if len(found) == 1:
            self.cleaned_data["who"] = found[0]
        elif not found and name and "@" in words:
            account = self.cleaned_data.get("account")
            self.cleaned_data["who"] = Somebody(name=name, email=words, account=account)
        else:
            self.add_error("who", _which(found))

    def entered(self) -> Entered:
        names = ("key", "way", "who", "subject", "severity", "situation", "words", "product")
        return Entered(**{name: self.cleaned_data[name] for name in names})


def _contacts_called(words: str, contacts: QuerySet[Contact]) -> QuerySet[Contact]:
    """By a mail address if it is one, else by the whole name, else by how it begins."""
    if "@" in words:
        return contacts.filter(addresses__email__iexact=words).distinct()
    exact = contacts.filter(name__iexact=words)
    named = exact if exact.exists() else contacts.filter(Q(name__istartswith=words))
    return named.select_related("account").order_by("name")


def _which(found: list[Contact]) -> str:
    if not found:
        return _now(
            "We know nobody like that. For somebody new, give the mail address here and the name below."
        )
    names = get_text_list([_at_account(contact) for contact in found[:NAMED_AT_MOST]], _now("or"))
    return _now("Which one: %(names)s? Write more of the name, or the mail address.") % {"names": names}


def _at_account(contact: Contact) -> str:
    return f"{contact.name} ({contact.account.name})" if contact.account else contact.name
