"""What the portal asks for."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from keepwell.channels.form.how_bad import EXPLAINED, HOW_BAD
from keepwell.customers.models import Contact, Deployment
from keepwell.enquiries.models import Kind as Asked
from keepwell.files.drafts import new_token
from keepwell.kit.forms import Explained
from keepwell.kit.zone_field import ZoneField
from keepwell.success.engagements.models import Kind as EngagementKind

LONGEST_BODY = 20_000


class _Installation(forms.ModelChoiceField):
    def label_from_instance(self, deployment: Any) -> str:
        parts = (deployment.product.name, deployment.get_environment_display(), deployment.version)
        return ", ".join(part for part in parts if part)


class WordsForm(forms.Form):
    """What is said more about an enquiry."""

    words = forms.CharField(
        label=_("What you want to say"), max_length=LONGEST_BODY, widget=forms.Textarea(attrs={"rows": 4})
    )


class NewCaseForm(forms.Form):
    """A new case. `key` makes it one however often it is sent; `files_of` holds its files."""

    severity = forms.ChoiceField(
        label=_("How bad is it?"),
        choices=HOW_BAD,
        widget=Explained(explanations=EXPLAINED, marks=True),
        error_messages={"required": _("Choose how bad it is: it decides by when we answer.")},
    )
    subject = forms.CharField(
        label=_("What is wrong, in a few words?"),
        max_length=200,
        error_messages={"required": _("Say in a few words what is wrong.")},
    )
    body = forms.CharField(
        label=_("What happened, and what did you expect?"),
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Who is affected, since when, and what you tried."),
        error_messages={"required": _("Tell us what happened, so that we can begin at once.")},
    )
    deployment = _Installation(
        label=_("Where does it happen?"),
        queryset=Deployment.objects.none(),
        required=False,
        empty_label=_("I do not know"),
    )
    is_private = forms.BooleanField(
        label=_("Only for me: the administrators of my organisation do not see it"), required=False
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    files_of = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, contact: Contact | None, data: Any = None) -> None:
        super().__init__(data, initial={"key": str(uuid.uuid4()), "files_of": new_token()})
        self.fields["deployment"].queryset = installations_of(contact)  # type: ignore[attr-defined]


def installations_of(contact: Contact | None) -> QuerySet[Deployment]:
    """Where the products run at the account of this person, those in use."""
    own = Deployment.objects.filter(retired_at__isnull=True, account__isnull=False)
    return own.filter(account=contact.account_id if contact else None).select_related("product")


class ReplyForm(forms.Form):
    """What is written to us about a case. Whether there is anything in it, the verb judges."""

    body = forms.CharField(
        max_length=LONGEST_BODY,
        required=False,
        strip=False,
        error_messages={
            "max_length": _("That is more than %(limit_value)s characters. Put the rest into a file.")
        },
    )
    files_of = forms.CharField(max_length=64)
    # The last message on the page: sent twice from it, the words are kept once.
    seen_through = forms.IntegerField(required=False, min_value=0)


class ParticipantForm(forms.Form):
    email = forms.EmailField(
        label=_("Mail address of a colleague"),
        error_messages={
            "required": _("Whose? Enter a mail address."),
            "invalid": _("That is no mail address."),
        },
    )


class MeForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As we and your colleagues read it."))
    time_zone = ZoneField(none_words=_("That of this device"), help_text=_("Times are shown in this zone."))
    locale = forms.ChoiceField(
        label=_("Language"), choices=[("", _("That of the browser")), *settings.LANGUAGES], required=False
    )


class EnquiryForm(forms.Form):
    """Something that is no problem; which engagement counts only where time with us is asked for."""

    kind = forms.ChoiceField(
        label=_("What would you like?"),
        choices=Asked,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you would like, so that it comes to the right person.")},
    )
    wanted = forms.ChoiceField(
        label=_("If it is time with us: for what?"), choices=EngagementKind, required=False
    )
    words = forms.CharField(
        label=_("Tell us more"),
        max_length=LONGEST_BODY,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("What it is for, and when it would suit you."),
        error_messages={"required": _("Tell us in a few words what it is about.")},
    )


class RatingForm(forms.Form):
    """What an engagement was worth."""

    rating = forms.TypedChoiceField(
        label=_("What was it worth to you?"),
        choices=[
            (5, _("5: very much")),
            (4, "4"),
            (3, "3"),
            (2, "2"),
            (1, _("1: nothing")),
        ],
        coerce=int,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What else you want to say"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
    )
