"""What is filled in about mailboxes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keepwell.channels.email.verbs.mailboxes import Server
from keepwell.channels.models import ImapAccount, Secured
from keepwell.kit import clock


class MailboxForm(forms.Form):
    """An address that customers write to."""

    address = forms.EmailField(label=_("Address"), max_length=254)
    name = forms.CharField(
        label=_("Name"), max_length=200, required=False, help_text=_("For you: who answers this mail.")
    )


class ServerForm(forms.Form):
    """Where its mail is fetched from."""

    server = forms.CharField(label=_("Mail server (IMAP)"), max_length=253)
    secured = forms.ChoiceField(label=_("Encryption"), choices=Secured)
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535)
    user = forms.CharField(label=_("User"), max_length=254, widget=forms.TextInput({"autocomplete": "off"}))
    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("Kept sealed and never shown. Empty: the one there is stays."),
    )
    folder = forms.CharField(label=_("Folder"), max_length=200)
    moves_to = forms.CharField(
        label=_("Then move mails to"),
        max_length=200,
        required=False,
        help_text=_("A folder there. Empty: they stay and are marked as read. Nothing is ever deleted."),
    )
    takes_all = forms.BooleanField(
        label=_("Also take what is there already"),
        required=False,
        help_text=_("Each mail in the folder becomes a case. Otherwise only what arrives from now on."),
    )

    def __init__(self, data: Any = None, *, account: ImapAccount) -> None:
        initial: dict[str, Any] = {
            name: getattr(account, name)
            for name in ("server", "secured", "port", "user", "folder", "moves_to")
        }
        initial["takes_all"] = bool(account.pk) and account.takes_from is None
        super().__init__(data, initial=initial)
        self._account = account

    @property
    def wanted(self) -> Server:
        return Server(**{name: self.cleaned_data[name] for name in Server.__dataclass_fields__})

    @property
    def takes_from(self) -> datetime | None:
        """None for all; what was agreed on before stays."""
        return None if self.cleaned_data["takes_all"] else self._account.takes_from or clock.now()
