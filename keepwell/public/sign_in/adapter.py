"""How people sign in, as far as it differs from what allauth does by itself."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from keepwell.outbox.backend import PURPOSE_HEADER
from keepwell.outbox.models import Purpose
from keepwell.people.models import User
from keepwell.people.verbs.signing_in import note_password, note_sign_in, note_sign_out

# Mail with something in it that lets its reader in: it goes first, expires soon and is masked in the outbox.
WITH_A_CODE = frozenset({"account/email/login_code", "account/email/password_reset_key"})


class SignInAdapter(DefaultAccountAdapter):
    """Nobody makes an account for himself: staff are added, customers' people are given access."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This address and this password do not belong together."),
        "incorrect_code": _("This is not the code we sent. Look at the newest mail and try once more."),
        "too_many_login_attempts": _("That was tried too often. Wait five minutes, then try again."),
        "rate_limited": _("That was a bit much at once. Wait a minute, then try again."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def render_mail(
        self, template_prefix: str, email: str | list[str], context: dict[str, Any], headers: Any = None
    ) -> EmailMessage:
        purpose = Purpose.CODE if template_prefix in WITH_A_CODE else Purpose.NOTICE
        given = {**(headers or {}), PURPOSE_HEADER: purpose.value}
        return super().render_mail(template_prefix, email, context, headers=given)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **given: Any) -> HttpResponse:
        assert isinstance(user, User)
        note_sign_in(user, method=_method(request, user))
        return super().post_login(request, user, **given)

    def logout(self, request: HttpRequest) -> None:
        user = request.user
        super().logout(request)
        # After the session is gone: who asks for his stream again is a stranger.
        if isinstance(user, User):
            note_sign_out(user)

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        assert isinstance(user, User)
        super().set_password(user, password)
        note_password(user)


def _method(request: HttpRequest, user: User) -> str:
    """How somebody came in, step by step: code, password, password+totp, passkey."""
    steps = [_step(record) for record in get_authentication_records(request, user)]
    return "+".join(dict.fromkeys(steps)) or "unknown"


def _step(record: dict[str, Any]) -> str:
    kind = record.get("type", record["method"])
    return "passkey" if kind == "webauthn" else str(kind)
