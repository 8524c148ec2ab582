"""What is filled in to bring in a file."""

from __future__ import annotations

import base64
import binascii

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

KINDS = (
    ("products", _("Products")),
    ("versions", _("Versions of products")),
    ("accounts", _("Accounts")),
    ("contacts", _("Contacts")),
    ("staff", _("Staff")),
    ("contracts", _("Contracts")),
    ("subscriptions", _("What is subscribed to")),
    ("renewals", _("Past renewals")),
)
BYTES_AT_MOST = 5_000_000
# What a form may carry along to the second step; a larger file is chosen again.
CARRIED_AT_MOST = 1_000_000


class ImportForm(forms.Form):
    """A file, or the one that was tried a moment ago."""

    kind = forms.ChoiceField(label=_("What is in it"), choices=KINDS, widget=forms.RadioSelect)
    file = forms.FileField(label=_("CSV file"), required=False)
    carried = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data.get("file")
        if file and (file.size or 0) > BYTES_AT_MOST:
            raise forms.ValidationError(_("The file is larger than 5 MB. Bring it in in parts."))
        return file

    def clean_carried(self) -> bytes:
        try:
            return base64.b64decode(self.cleaned_data["carried"], validate=True)
        except (binascii.Error, ValueError):
            raise forms.ValidationError(_("Choose the file again.")) from None

    def content(self) -> bytes:
        """What the file holds; empty where none was chosen."""
        file: UploadedFile | None = self.cleaned_data.get("file")
        return file.read() if file else bytes(self.cleaned_data.get("carried") or b"")


def carried(content: bytes) -> str:
    """The content as the form carries it to the next step; "" where it is too large for that."""
    return base64.b64encode(content).decode() if len(content) <= CARRIED_AT_MOST else ""
