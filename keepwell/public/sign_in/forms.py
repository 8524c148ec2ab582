"""allauth's forms in our words, and with the rule of who gets a code."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.flows.password_reset import request_password_reset
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from keepwell.people.sign_in import signs_in_by_code, signs_in_by_password, who_signs_in_as

ADDRESS = _("E-mail address")
CODE = _("Code")


class LoginForm(account.LoginForm):
    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _plain(self, login=ADDRESS, password=_("Password"))
        self.fields["password"].help_text = ""


class RequestLoginCodeForm(account.RequestLoginCodeForm):
    """Staff and strangers are answered as customers are, and sent nothing."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _plain(self, email=ADDRESS)

    def clean_email(self) -> str:
        address: str = super().clean_email()
        user = who_signs_in_as(address)
        self._user = user if user and signs_in_by_code(user) else None
        return address


class ConfirmLoginCodeForm(account.ConfirmLoginCodeForm):
    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _plain(self, code=CODE)
        _as_code(self)


class ResetPasswordForm(account.ResetPasswordForm):
    """Staff are sent a link, customers a code: they have no password. What is seen is the same for all."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _plain(self, email=ADDRESS)

    def save(self, request: HttpRequest, **given: Any) -> str:
        address: str = self.cleaned_data["email"]
        user = who_signs_in_as(address)
        if user and signs_in_by_password(user):
            request_password_reset(request, address, [user], account.default_token_generator)
        if not request.user.is_authenticated:
            # For everybody, so that nobody learns from a missing step who is known here.
            customer = user if user and signs_in_by_code(user) else None
            LoginCodeVerificationProcess.initiate(request=request, user=customer, email=address)
        return address


class ResetPasswordKeyForm(account.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _plain(self, password1=_("New password"), password2=_("The same once more"))

    def save(self) -> None:
        super().save()
        # The code that this browser was offered too would stand before the password from now on.
        clear_login(context.request)


class ChangePasswordForm(account.ChangePasswordForm):
    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        words = {"password1": _("New password"), "password2": _("The same once more")}
        _plain(self, oldpassword=_("Present password"), **words)
        self.fields["oldpassword"].help_text = ""


class ReauthenticateForm(account.ReauthenticateForm):
    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _plain(self, password=_("Password"))
        self.fields["password"].help_text = ""


class ActivateTOTPForm(totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _plain(self, code=CODE)
        _as_code(self)


class AuthenticateForm(mfa.AuthenticateForm):
    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _plain(self, code=CODE)
        _as_code(self)


class AddWebAuthnForm(webauthn.AddWebAuthnForm):
    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _plain(
            self, name=_("Name of this key"), passwordless=_("Sign in with it alone, without the password")
        )
        self.fields["passwordless"].help_text = _("It then asks for your finger, your face or its own PIN.")
        self.fields["passwordless"].initial = True
        self.initial["name"] = _("Passkey")


def _plain(form: Any, **labels: Any) -> None:
    """Our words above the fields, and nothing inside them."""
    for name, label in labels.items():
        field = form.fields[name]
        field.label = label
        field.widget.attrs.pop("placeholder", None)


def _as_code(form: Any) -> None:
    form.fields["code"].widget.attrs.update({"spellcheck": "false", "autocapitalize": "characters"})
