"""What the public site asks for."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keepwell.channels.form.how_bad import EXPLAINED, HOW_BAD
from keepwell.customers.models import Product
from keepwell.files.drafts import new_token
from keepwell.kit.forms import Explained

SALT = "keepwell.public.ask"
FASTEST = timedelta(seconds=2)
OPEN_AT_MOST = timedelta(days=7)
LONGEST_BODY = 20_000


class AskForm(forms.Form):
    """The submission form. `key` makes it one case however often it is sent; `files_of` holds its files."""

    severity = forms.ChoiceField(
        label=gettext_lazy("How bad is it?"),
        choices=HOW_BAD,
        widget=Explained(explanations=EXPLAINED, marks=True),
        error_messages={"required": gettext_lazy("Choose how bad it is: it decides by when we answer.")},
    )
    subject = forms.CharField(
        label=gettext_lazy("What is wrong, in a few words?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say in a few words what is wrong.")},
    )
    body = forms.CharField(
        label=gettext_lazy("What happened, and what did you expect?"),
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Who is affected, since when, and what you tried."),
        error_messages={"required": gettext_lazy("Tell us what happened, so that we can begin at once.")},
    )
    product = forms.ModelChoiceField(
        label=gettext_lazy("Which product?"),
        queryset=Product.objects.filter(is_active=True).order_by("name"),
        required=False,
        empty_label=gettext_lazy("I do not know"),
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Tell us your name, so that we know whom we write to.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("Your mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("We need a mail address to answer you."),
            "invalid": gettext_lazy("That is no mail address. An example: dana@elmfalls.example"),
        },
    )
    # A person does not see it, and leaves it empty.
    website = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    files_of = forms.CharField(max_length=64, widget=forms.HiddenInput)
    opened = forms.CharField(max_length=200, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("website") or was_opened(self.data.get("opened", ""), within=FASTEST):
            raise forms.ValidationError(
                _("This came faster than a person writes. Nothing was sent: look it over and send it again.")
            )
        if self.spoiled():
            raise forms.ValidationError(
                _("This was open for very long, or did not arrive whole. Nothing was sent: send it again.")
            )
        return given

    def spoiled(self) -> list[str]:
        """What only the page carries, and is not good or no longer: nobody sees it, nor can mend it."""
        wrong = [name for name in ("key", "files_of") if name in self.errors]
        return wrong if was_opened(self.data.get("opened", "")) else [*wrong, "opened"]


def was_opened(opened: str, *, within: timedelta = OPEN_AT_MOST) -> bool:
    """Whether it is our own sign of a form that was opened so recently."""
    try:
        signing.loads(opened, salt=SALT, max_age=within)
    except signing.BadSignature:
        return False
    return True


def fresh() -> dict[str, str]:
    """What an empty form carries: its key, the token of its files, and when it was opened."""
    return {"key": str(uuid.uuid4()), "files_of": new_token(), "opened": opened_now()}


def opened_now() -> str:
    return signing.dumps("opened", salt=SALT)


class CodeForm(forms.Form):
    """The code from our mail."""

    code = forms.CharField(
        label=gettext_lazy("The code from our mail"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "class": "input code-input"}),
        error_messages={"required": gettext_lazy("Enter the code from our mail.")},
    )


class NewCodeForm(forms.Form):
    """Where a new code is to go."""

    email = forms.EmailField(label=gettext_lazy("The mail address you wrote from, or that we write to"))
