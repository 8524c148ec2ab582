"""What is taken out of something said."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

AS_TYPED = {"rows": 4, "autocomplete": "off", "spellcheck": "false"}


class RedactionForm(forms.Form):
    passages = forms.CharField(
        label=_("What to remove"),
        help_text=_("As it stands above, one passage per line."),
        required=False,
        widget=forms.Textarea(AS_TYPED),
    )
    whole = forms.BooleanField(label=_("The whole text and its files"), required=False)

    def clean_passages(self) -> list[str]:
        lines = str(self.cleaned_data["passages"]).splitlines()
        return [line.strip() for line in lines if line.strip()]

    def clean(self) -> None:
        # The verb takes no passages for the whole text: nobody comes to that by an empty field.
        if bool(self.cleaned_data.get("passages")) == self.cleaned_data["whole"]:
            raise forms.ValidationError(
                _now("Either write what to remove, or choose the whole text. Nothing was changed.")
            )
