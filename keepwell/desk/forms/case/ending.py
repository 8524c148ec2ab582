"""How a case ends, or goes into another."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keepwell.cases.models import Case
from keepwell.cases.resolution import Resolution
from keepwell.desk.forms.case.writing import HOWS
from keepwell.kit.identities import id_in
from keepwell.people.models import User


class ResolutionForm(forms.Form):
    how = forms.ChoiceField(label=_("How it was solved"), choices=HOWS)
    root_cause = forms.CharField(
        label=_("Why it had come up"),
        help_text=_("For staff: whoever has the same next reads it."),
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def resolution(self) -> Resolution:
        return Resolution(how=self.cleaned_data["how"], root_cause=self.cleaned_data["root_cause"])


class WithdrawalForm(forms.Form):
    wish = forms.CharField(
        label=_("Who said so, and how"),
        help_text=_("For staff, with your name: “Dana called, it works again.”"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )


class MergeForm(forms.Form):
    into = forms.CharField(
        label=_("Number of the case that stays"),
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric"}),
        help_text=_("Of the same customer. Nothing said in either is lost."),
    )

    def __init__(self, case: Case, who: User, data: Any = None) -> None:
        super().__init__(data)
        self.case, self.who = case, who

    def clean_into(self) -> Case:
        number = str(self.cleaned_data["into"]).strip().removeprefix("#")
        rows = Case.objects.visible_to(self.who)
        found = rows.filter(number=id_in(number) or 0).first()
        if found is None:
            raise forms.ValidationError(_("There is no case of that number."))
        return found
