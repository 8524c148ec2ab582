"""What is filled in about the brand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keepwell.outbox.models import Brand


class BrandForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        help_text=_("As customers know you: on pages and in mails."),
    )
    sender_name = forms.CharField(label=_("Sender's name"), max_length=100)
    sender_address = forms.EmailField(
        label=_("Sender's address"),
        help_text=_("Answers leave from it. Its domain should allow this server."),
    )
    signature = forms.CharField(
        label=_("Signature"), max_length=2000, required=False, widget=forms.Textarea({"rows": 4})
    )
    accent = forms.CharField(
        label=_("Colour"),
        max_length=7,
        widget=forms.TextInput({"type": "color"}),
        help_text=_("Of links and buttons in mails. White words must be readable on it."),
    )

    def __init__(self, data: Any = None, *, brand: Brand) -> None:
        super().__init__(data, initial={name: getattr(brand, name) for name in self.base_fields})
