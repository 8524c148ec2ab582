"""What is filled in about sources of usage data."""

from __future__ import annotations

from pathlib import Path

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from keepwell.customers.models import Product
from keepwell.usage.models import SourceKind
from keepwell.usage.verbs.sources import HOURS_AT_MOST, NewSource

MEGABYTE = 1024 * 1024


class SourceForm(forms.Form):
    """What it is called, and when it is silent."""

    name = forms.CharField(label=_("Name"), max_length=80)
    silent_after_hours = forms.IntegerField(
        label=_("Silent after (hours)"),
        min_value=1,
        max_value=HOURS_AT_MOST,
        initial=72,
        help_text=_(
            "Without a word for so long it counts as broken, and says nothing against customers. "
            "Let a weekend pass."
        ),
    )


class NewSourceForm(SourceForm):
    """A source as it is added."""

    kind = forms.ChoiceField(label=_("How it tells"), choices=SourceKind, widget=forms.RadioSelect)
    product = forms.ModelChoiceField(label=_("Product"), queryset=Product.objects.filter(is_active=True))
    table = forms.CharField(
        label=_("View"),
        max_length=200,
        required=False,
        help_text=_("Of a view in your warehouse: its name, with its schema if it has one."),
    )
    field_order = ("name", "kind", "product", "table", "silent_after_hours")

    def wanted(self) -> NewSource:
        return NewSource(**self.cleaned_data)


class EventsForm(forms.Form):
    """A file of events."""

    file = forms.FileField(label=_("File"))
    is_correction = forms.BooleanField(
        label=_("It is a correction"),
        required=False,
        help_text=_("Each day that it has events of is replaced by what stands in it."),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        most = settings.KEEPWELL_FILE_MEGABYTES
        if (file.size or 0) > most * MEGABYTE:
            raise forms.ValidationError(
                _("The file is larger than %(most)s MB. Bring it in by keepwell usage import.")
                % {"most": most}
            )
        return file

    def write_to(self, place: Path) -> None:
        with place.open("wb") as there:
            for chunk in self.cleaned_data["file"].chunks():
                there.write(chunk)


class UserIdForm(forms.Form):
    """Whoever is to be forgotten."""

    user_id = forms.CharField(
        label=_("User"), max_length=200, help_text=_("As the software names the person (userId).")
    )
