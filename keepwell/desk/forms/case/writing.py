"""What is written to the customer, or among staff."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keepwell.cases.words import How
from keepwell.channels.email.audience import Audience
from keepwell.conversations.copying import CopyTo, TooManyCopies, copies_to
from keepwell.customers.refusals import AddressRefused
from keepwell.desk.case_page.news import Seen
from keepwell.kit import clock
from keepwell.kit.moment_field import MomentField

HOWS = [(how.value, how.label) for how in How if how != How.WITHDRAWN]
THEN = ("", "wait", "resolve", "preview")


class SeenForm(forms.Form):
    """How far the writer had read: what is newer stops him once."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    seen_through = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def seen_value(self) -> Seen:
        given = getattr(self, "cleaned_data", {})
        return Seen(version=given.get("seen"), through=given.get("seen_through"))


class ReplyForm(SeenForm):
    """`audience` is who would get it, where the writer is told before it leaves."""

    audience: Audience | None = None

    body = forms.CharField(required=False, strip=False)
    cc = forms.CharField(required=False, max_length=8000)
    bcc = forms.CharField(required=False, max_length=8000)
    # The difference in who gets it that the writer was told of: he is not told of it again.
    told = forms.CharField(required=False, max_length=16)
    then = forms.CharField(required=False)
    how = forms.ChoiceField(label=_("How it was solved"), choices=HOWS, required=False)
    root_cause = forms.CharField(label=_("Why it had come up, for staff"), required=False, max_length=2000)
    update_at = MomentField(
        label=_("You promise to write again by"),
        required=False,
        error_messages={"invalid": _("Choose a day and a time. Your text is kept.")},
    )
    leave_at = MomentField(
        label=_("Send it at"),
        required=False,
        error_messages={"invalid": _("Choose a day and a time. Your text is kept.")},
    )

    def clean_leave_at(self) -> datetime | None:
        at: datetime | None = self.cleaned_data["leave_at"]
        if at is not None and at <= clock.now():
            raise ValidationError(_("That is over already. Your text is kept."))
        return at

    def clean_cc(self) -> str:
        return self._of_addresses("cc")

    def clean_bcc(self) -> str:
        return self._of_addresses("bcc")

    def copies(self) -> tuple[CopyTo, ...]:
        """Who is to get it besides those who take part. Errors: TooManyCopies."""
        given = self.cleaned_data
        return copies_to(given.get("cc", ""), given.get("bcc", ""))

    def _of_addresses(self, name: str) -> str:
        typed = str(self.cleaned_data[name])
        try:
            copies_to(typed, "")
        except (AddressRefused, TooManyCopies) as refusal:
            raise ValidationError(str(refusal)) from refusal
        return typed

    def clean(self) -> None:
        try:
            self.copies()
        except TooManyCopies as refusal:
            self.add_error(None, str(refusal))

    def clean_then(self) -> str:
        asked = str(self.cleaned_data["then"])
        return asked if asked in THEN else ""


class NoteForm(forms.Form):
    body = forms.CharField(required=False, strip=False)
