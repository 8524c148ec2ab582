"""What is looked for in the journal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from keepwell.journal.kinds import all_kinds
from keepwell.people.models import User
from keepwell.staffing.queries import staff

# What entries are about, as the journal names it.
NOUNS = (
    "account",
    "calendar",
    "case",
    "contact",
    "conversation",
    "deployment",
    "outgoing",
    "person",
    "policy",
    "product",
    "team",
)


class JournalForm(forms.Form):
    noun = forms.ChoiceField(
        label=_("About"), choices=[("", _("Anything")), *((noun, noun) for noun in NOUNS)], required=False
    )
    number = forms.IntegerField(
        label=_("Number"), min_value=1, max_value=models.BigIntegerField.MAX_BIGINT, required=False
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    by = forms.ModelChoiceField(
        label=_("By"), queryset=User.objects.none(), required=False, empty_label=_("Anybody")
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        kinds: Any = self.fields["kind"]
        kinds.choices = [("", _("Any")), *((name, name) for name in sorted(one.name for one in all_kinds()))]
        by: Any = self.fields["by"]
        by.queryset = staff()
