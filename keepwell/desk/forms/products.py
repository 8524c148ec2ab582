"""What is filled in about products."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keepwell.customers.models import Module


class NameForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)


class MeasuredForm(forms.Form):
    """What the use of a module is known by."""

    core_events = forms.CharField(
        label=_("Core events"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("One a line, as the software names them: what matters in this module, not every click."),
    )
    half_life_days = forms.IntegerField(
        label=_("Half-life (days)"),
        min_value=1,
        max_value=365,
        help_text=_("Unused for so long, its use counts as half as recent."),
    )

    def __init__(self, data: Any = None, *, module: Module) -> None:
        known = {"core_events": "\n".join(module.core_events), "half_life_days": module.half_life_days}
        super().__init__(data, initial=known)
