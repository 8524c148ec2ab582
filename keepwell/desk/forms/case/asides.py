"""Asking somebody outside, and writing on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from keepwell.cases.details import LONGEST_SUBJECT
from keepwell.conversations.copying import TooManyCopies
from keepwell.customers.refusals import AddressRefused, ContactRefused
from keepwell.files.drafts import Draft, drafted, new_token, take
from keepwell.files.models import Attachment
from keepwell.files.refusals import FileRefused
from keepwell.files.verbs.removing import remove_from_draft
from keepwell.files.verbs.storing import store
from keepwell.kit.identities import id_in
from keepwell.people.models import User
from keepwell.side_threads.asked import Asked, asked
from keepwell.side_threads.refusals import NobodyAsked, TooManyAsked

LONGEST_BODY = 100_000


class WithFiles(forms.Form):
    """Files chosen with it wait on the server until it is sent: nobody chooses his files twice."""

    files_of = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, who: User, data: Any = None) -> None:
        super().__init__(data)
        self.who = who
        self.fields["files_of"].initial = new_token()

    def take_in(self, uploads: Iterable[Any]) -> None:
        """Keeps what was chosen, and says in the form what was not taken."""
        for upload in uploads:
            try:
                store(upload, by=self.who, draft=self.draft)
            except FileRefused as refusal:
                self.add_error(None, str(refusal))

    @property
    def draft(self) -> Draft:
        return Draft(token=str(self["files_of"].value() or ""), holder=f"person:{self.who.pk}")

    @property
    def kept(self) -> list[Attachment]:
        return drafted(self.draft) if self.is_bound else []

    def taken(self) -> list[Attachment]:
        """The files, for what is sent in the same transaction."""
        return take(self.draft)

    def clean(self) -> None:
        if unwanted := id_in(str(self.data.get("leave_out", ""))):
            remove_from_draft(self.draft, unwanted, by=self.who)
            self.add_error(None, _now("The file is left out. Nothing was sent yet."))


class AnsweringForm(WithFiles):
    body = forms.CharField(required=False, strip=False, max_length=LONGEST_BODY)
    seen_through = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class AskingForm(WithFiles):
    to = forms.CharField(
        label=_("Whom to ask"),
        help_text=_(
            "One or more mail addresses, with commas between them. They see each other, as in any mail."
        ),
        max_length=3000,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "inputmode": "email"}),
    )
    name = forms.CharField(
        label=_("Who that is"),
        help_text=_("A name for you and your colleagues; it stands in the mail's To line, too."),
        required=False,
        max_length=200,
    )
    subject = forms.CharField(
        label=_("Subject"),
        help_text=_("They see this one, and neither the subject nor the number of the case."),
        max_length=LONGEST_SUBJECT,
    )
    body = forms.CharField(
        label=_("What you ask"),
        help_text=_(
            "They read these words and files, and nothing else of the case. The customer reads none of it."
        ),
        widget=forms.Textarea({"rows": 7}),
        strip=False,
        max_length=LONGEST_BODY,
        required=False,
    )

    def clean(self) -> None:
        super().clean()
        try:
            self.asked = self._asked()
        except (AddressRefused, ContactRefused, TooManyCopies, NobodyAsked, TooManyAsked) as refusal:
            if "to" not in self.errors:
                self.add_error("to", str(refusal))

    def _asked(self) -> tuple[Asked, ...]:
        return asked(self.cleaned_data.get("to", ""), name=self.cleaned_data.get("name", ""))
