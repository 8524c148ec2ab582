"""What is filled in about the brand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from keepwell.outbox.models import Brand
from keepwell.outbox.queries import brands
from keepwell.outbox.variables import ANSWER, OF_MAILS, OF_NOTICES


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


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
    answer_frame = forms.CharField(
        label=_("Around an answer"),
        max_length=4000,
        required=False,
        empty_value=f"{{{ANSWER}}}",
        widget=forms.Textarea({"rows": 4}),
        help_text=format_lazy(
            _("{answer} is what was written. Besides it {names}; a line whose name has nothing is left out."),
            answer=f"{{{ANSWER}}}",
            names=_names(OF_MAILS),
        ),
    )
    signature = forms.CharField(
        label=_("Signature"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Below every mail; the same names can stand in it."),
    )
    acknowledgement = forms.CharField(
        label=_("Acknowledgement"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=format_lazy(
            _("What a customer hears at once, in place of our own words. A machine sends it: only {names}."),
            names=_names(OF_NOTICES),
        ),
    )
    accent = forms.CharField(
        label=_("Colour"),
        max_length=7,
        widget=forms.TextInput({"type": "color"}),
        help_text=_("Of links and buttons in mails. White words must be readable on it."),
    )

    def __init__(self, data: Any = None, *, brand: Brand) -> None:
        super().__init__(data, initial={name: getattr(brand, name) for name in self.base_fields})


class BrandChoiceForm(forms.Form):
    """Who speaks here; offered only where there are several."""

    brand = forms.TypedChoiceField(
        label=_("Speaks as"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("In mails to customers."),
    )

    def __init__(self, data: Any = None, *, chosen: Brand | None, otherwise: str) -> None:
        """`otherwise` says who speaks where none is chosen."""
        super().__init__(data, initial={"brand": chosen.pk if chosen else ""}, prefix="spoken")
        self._brands = {one.pk: one for one in brands()}
        choices = [("", otherwise), *((pk, one.name) for pk, one in self._brands.items())]
        self.fields["brand"].choices = choices  # type: ignore[attr-defined]

    @property
    def is_a_choice(self) -> bool:
        return len(self._brands) > 1

    @property
    def wanted(self) -> Brand | None:
        return self._brands.get(self.cleaned_data["brand"])
