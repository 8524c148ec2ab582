"""What is filled in about mailboxes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keepwell.channels.email.verbs.mailboxes import Server
from keepwell.channels.email.verbs.signing_in import Registration
from keepwell.channels.models import DeliveredBy, ImapAccount, Secured, SignsInAt
from keepwell.kit import clock


class MailboxForm(forms.Form):
    """An address that customers write to."""

    address = forms.EmailField(label=_("Address"), max_length=254)
    name = forms.CharField(
        label=_("Name"), max_length=200, required=False, help_text=_("For you: who answers this mail.")
    )


class HookForm(forms.Form):
    """A provider that delivers to us."""

    provider = forms.ChoiceField(label=_("Provider"), choices=DeliveredBy)
    secret = forms.CharField(
        label=_("Secret"),
        max_length=300,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_(
            "Mailgun: its webhook signing key. The others: user:password, which stand in the address too. "
            "Kept sealed and never shown."
        ),
    )


class SignInForm(forms.Form):
    """Who lets us into the mailbox instead of a password."""

    provider = forms.ChoiceField(label=_("Provider"), choices=SignsInAt)
    user = forms.EmailField(
        label=_("User"), max_length=254, help_text=_("The mailbox there, which is signed in to.")
    )
    client_id = forms.CharField(
        label=_("Client id"), max_length=300, help_text=_("Of the application that you registered there.")
    )
    secret = forms.CharField(
        label=_("Client secret"),
        required=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("Kept sealed and never shown. Empty: the one there is stays."),
    )
    tenant = forms.CharField(
        label=_("Directory"),
        max_length=100,
        required=False,
        help_text=_("For Microsoft 365: the directory's (tenant's) id or domain."),
    )

    def __init__(self, data: Any = None, *, account: ImapAccount) -> None:
        known = getattr(account, "sign_in", None)
        initial = {name: getattr(known, name) for name in ("provider", "client_id", "tenant") if known}
        super().__init__(data, initial={"user": account.user, **initial}, prefix="at")

    @property
    def wanted(self) -> Registration:
        return Registration(**{name: self.cleaned_data[name] for name in Registration.__dataclass_fields__})


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
