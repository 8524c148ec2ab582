"""What is filled in about letters, and about answers to enquiries."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from keepwell.customers.models import Account, Contact
from keepwell.customers.queries import contacts_visible_to
from keepwell.kit import clock
from keepwell.people.models import User
from keepwell.success.letters.choosing import Left
from keepwell.success.letters.queries import chosen, in_portfolio
from keepwell.success.letters.verbs.writing import MANY_AT_MOST

WHY_LEFT = {
    Left.DID_NOT_AGREE: _("%(count)s did not agree to news"),
    Left.UNREACHABLE: _("%(count)s are reached by no mail"),
    Left.HAD_ONE: _("%(count)s had such a letter lately"),
}


class _Letter(forms.Form):
    subject = forms.CharField(label=_("Subject"), max_length=200)
    words = forms.CharField(
        label=_("What you write"),
        widget=forms.Textarea({"rows": 10, "class": "input"}),
        help_text=_("Markdown; your signature stands below it."),
    )


class LetterForm(_Letter):
    """To one contact of an account."""

    contact = forms.ModelChoiceField(label=_("To"), queryset=Contact.objects.none())
    field_order = ("contact", "subject", "words")

    def __init__(self, data: Any, *, account: Account, reader: User) -> None:
        super().__init__(data)
        rows = contacts_visible_to(reader).filter(account=account, erased_at__isnull=True)
        field: Any = self.fields["contact"]
        field.queryset = rows.filter(addresses__verified_at__isnull=False).order_by("name", "pk").distinct()


class ManyLettersForm(_Letter):
    """To those of the reader's accounts who may be written to as one of many."""

    contacts = forms.ModelMultipleChoiceField(
        label=_("To each of these, by himself"),
        queryset=Contact.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("contacts", "subject", "words")

    def __init__(self, data: Any, *, reader: User) -> None:
        super().__init__(data)
        mine = list(in_portfolio(reader)[:MANY_AT_MOST])
        found = chosen(mine, at=clock.now())
        field: Any = self.fields["contacts"]
        field.queryset = in_portfolio(reader).filter(pk__in=found.reached)
        field.label_from_instance = lambda contact: f"{contact}, {contact.account}"
        field.help_text = _who_is_left_out(Counter(found.left.values()))


class AnswerForm(forms.Form):
    words = forms.CharField(label=_("Answer"), widget=forms.Textarea({"rows": 6, "class": "input"}))


def _who_is_left_out(left: Counter[Left]) -> str:
    """Each reason with its number, in a line; that nobody is, where nobody is."""
    said = [str(WHY_LEFT[why]) % {"count": left[why]} for why in Left if left[why]]
    if not said:
        return _now("Each letter says how to end such letters.")
    return _now("Not here: %(why)s.") % {"why": ", ".join(said)}
