"""What is filled in about hand-overs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from keepwell.conversations.words import Words
from keepwell.customers.models import Contact, ContactRole, Stewardship
from keepwell.customers.queries import MAPPED, contacts_visible_to
from keepwell.kit import clock
from keepwell.people.models import User
from keepwell.success.engagements.queries import hosts
from keepwell.success.letters.verbs.writing import NewLetter
from keepwell.success.portfolios.models import HandOver
from keepwell.success.portfolios.verbs.handing_over import NewHandOver, Told

IN_A_FORTNIGHT = timedelta(days=14)


class HandOverForm(forms.Form):
    kind = forms.ChoiceField(label=_("As"), choices=Stewardship.Kind.choices)
    taker = forms.ModelChoiceField(label=_("To"), queryset=User.objects.none())
    due_on = forms.DateField(label=_("Until"), widget=forms.DateInput({"type": "date"}))
    known = forms.CharField(
        label=_("What has to be known"),
        max_length=4000,
        widget=forms.Textarea({"rows": 6, "class": "input"}),
        help_text=_("What they want, whom to speak to, what was promised, what to be careful about."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"due_on": clock.now().date() + IN_A_FORTNIGHT})
        field: Any = self.fields["taker"]
        field.queryset = hosts()

    def wanted(self) -> NewHandOver:
        return NewHandOver(**self.cleaned_data)


class CompletionForm(forms.Form):
    """How the customer is told: by a letter to those chosen, or as it was told otherwise."""

    contacts = forms.ModelMultipleChoiceField(
        label=_("Write to"),
        queryset=Contact.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    subject = forms.CharField(label=_("Subject"), max_length=200, required=False)
    words = forms.CharField(
        label=_("What you write"), required=False, widget=forms.Textarea({"rows": 8, "class": "input"})
    )
    otherwise = forms.CharField(
        label=_("Or how it was told otherwise"),
        max_length=1000,
        required=False,
        help_text=_("Such as: by phone on Monday, to the sponsor."),
    )

    def __init__(self, data: Any = None, *, hand_over: HandOver, reader: User) -> None:
        super().__init__(data, initial=_usual(hand_over))
        rows = contacts_visible_to(reader).filter(account=hand_over.account, erased_at__isnull=True)
        field: Any = self.fields["contacts"]
        field.queryset = rows.filter(addresses__verified_at__isnull=False).order_by("name", "pk").distinct()

    def told(self) -> Told:
        wanted = self.cleaned_data
        contacts = list(wanted["contacts"])
        if not contacts or not wanted["words"].strip():
            return Told(otherwise=wanted["otherwise"])
        letter = NewLetter(subject=wanted["subject"], words=Words(body=wanted["words"]))
        return Told(contacts=contacts, letter=letter, otherwise=wanted["otherwise"])


def _usual(hand_over: HandOver) -> dict[str, Any]:
    """A letter that can go as it is, to whoever stands for something at the account."""
    held = ContactRole.objects.filter(account=hand_over.account, role__in=MAPPED, to_at__isnull=True)
    known = held.values_list("contact", flat=True)
    names = {
        "name": hand_over.taker.name or hand_over.taker.email,
        "kind": hand_over.get_kind_display().lower(),
        "before": hand_over.giver.name if hand_over.giver else "",
    }
    words = _now("From today I am your %(kind)s at our side.") % names
    if names["before"]:
        words = _now("From today I am your %(kind)s, in place of %(before)s.") % names
    return {
        "contacts": list(known.distinct()),
        "subject": _now("Who looks after you"),
        "words": f"{words} {_now('All that is under way goes on with me. Answer this mail if I can help.')}",
    }
