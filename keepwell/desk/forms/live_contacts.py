"""What is asked about contacts born live; it stands in the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keepwell.insight.work.erlang import Live

# What is assumed until somebody asks otherwise.
USUAL = Live(contacts_an_hour=10, handling_minutes=8, share=0.8, within_seconds=20)


class LiveContactsForm(forms.Form):
    """Begins with what is usual; what cannot be read leaves that in place."""

    contacts = forms.FloatField(label=_("Contacts an hour"), min_value=0.1, max_value=500)
    minutes = forms.FloatField(label=_("Minutes each"), min_value=0.1, max_value=120)
    share = forms.FloatField(label=_("Percent in time"), min_value=1, max_value=99.9)
    seconds = forms.FloatField(label=_("In time, seconds"), min_value=0, max_value=3600)

    def __init__(self, data: Any) -> None:
        usual = {
            "contacts": f"{USUAL.contacts_an_hour:g}",
            "minutes": f"{USUAL.handling_minutes:g}",
            "share": f"{USUAL.share * 100:g}",
            "seconds": f"{USUAL.within_seconds:g}",
        }
        asked = {name: data[name] for name in usual if data.get(name)}
        super().__init__({**usual, **asked} if asked else None, initial=usual)

    def live(self) -> Live:
        if not self.is_bound or not self.is_valid():
            return USUAL
        return Live(
            contacts_an_hour=self.cleaned_data["contacts"],
            handling_minutes=self.cleaned_data["minutes"],
            share=self.cleaned_data["share"] / 100,
            within_seconds=self.cleaned_data["seconds"],
        )
