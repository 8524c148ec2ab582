"""What is filled in about products."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keepwell.customers.lifetimes import Lifetime
from keepwell.customers.models import Module, ProductVersion


def _day(**given: Any) -> forms.DateField:
    return forms.DateField(required=False, widget=forms.DateInput({"type": "date"}), **given)


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


class VersionForm(forms.Form):
    """A version of a product, and its last days as far as they are known."""

    number = forms.CharField(
        label=_("Version"),
        max_length=60,
        help_text=_("A deployment that says 7.3.12 is taken for 7.3 where no longer one is known."),
    )
    released_on = _day(label=_("Released on"))
    support_ends_on = _day(label=_("Supported until"), help_text=_("The last day of support."))
    life_ends_on = _day(label=_("Ends on"), help_text=_("The last day on which it is to be used at all."))

    def __init__(self, data: Any = None, *, version: ProductVersion | None = None) -> None:
        initial = {name: getattr(version, name) for name in self.base_fields} if version else {}
        super().__init__(data, initial=initial)

    def lifetime(self) -> Lifetime:
        days = {name: on for name, on in self.cleaned_data.items() if name != "number"}
        return Lifetime(**days)
