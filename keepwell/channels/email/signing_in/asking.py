"""What is said to a provider. Source: RFC 6749 (authorization code, refresh), RFC 7636 (PKCE)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from django.utils.translation import gettext as _
from requests import RequestException

from keepwell.channels.email.signing_in.providers import address_at, provider_of
from keepwell.channels.models import MailSignIn
from keepwell.kit.refusals import Refused
from keepwell.kit.sealing import unseal

ANSWER_SECONDS = 15.0
# Where none says how long it is good.
GOOD_FOR = timedelta(minutes=30)


class SignInRefused(Refused):
    """The provider does not let us in; `str()` says why, and what to do."""


@dataclass(frozen=True, kw_only=True)
class Consent:
    """Where somebody consents. `state` comes back with the answer; `verifier` proves that we asked."""

    address: str
    state: str
    verifier: str


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """`refresh` is empty where the one there is stays."""

    access: str
    refresh: str
    good_for: timedelta


def consent_to(sign_in: MailSignIn, *, back_to: str) -> Consent:
    """Nothing is sent: the browser of whoever consents goes there, and comes back to `back_to`."""
    provider, verifier = provider_of(sign_in), secrets.token_urlsafe(48)
    session = _session(sign_in, redirect_uri=back_to, code_challenge_method="S256")
    address, state = session.create_authorization_url(
        address_at(provider.consent, sign_in),
        code_verifier=verifier,
        login_hint=sign_in.account.user,
        **provider.asks,
    )
    return Consent(address=address, state=state, verifier=verifier)


def tokens_for(sign_in: MailSignIn, code: str, *, verifier: str, back_to: str) -> Tokens:
    """What the provider gives for a consent. Errors: SignInRefused."""
    session = _session(sign_in, redirect_uri=back_to)
    return _asked(sign_in, session.fetch_token, code=code, code_verifier=verifier)


def refreshed(sign_in: MailSignIn) -> Tokens:
    """What the provider gives for the consent that there is. Errors: SignInRefused, SealBroken."""
    return _asked(sign_in, _session(sign_in).refresh_token, refresh_token=unseal(sign_in.sealed_refresh))


def _session(sign_in: MailSignIn, **asked: str) -> OAuth2Session:
    return OAuth2Session(
        sign_in.client_id,
        unseal(sign_in.sealed_secret),
        token_endpoint_auth_method="client_secret_post",
        scope=provider_of(sign_in).scope,
        **asked,
    )


def _asked(sign_in: MailSignIn, ask: Any, **asked: str) -> Tokens:
    address = address_at(provider_of(sign_in).token, sign_in)
    try:
        found = ask(address, timeout=ANSWER_SECONDS, allow_redirects=False, **asked)
    except RequestException as error:
        words = _("The sign-in of %(name)s does not answer (%(error)s). It is asked again by itself.")
        raise SignInRefused(words % _named(sign_in, type(error).__name__)) from error
    except (AuthlibBaseError, ValueError) as error:
        words = _("%(name)s does not let us in any more: %(error)s. Sign in there again.")
        raise SignInRefused(words % _named(sign_in, str(error)[:300])) from error
    return _read(sign_in, found)


def _read(sign_in: MailSignIn, found: Mapping[str, Any]) -> Tokens:
    access, refresh = found.get("access_token"), found.get("refresh_token")
    if not access or not (refresh or sign_in.sealed_refresh):
        words = _("%(name)s gave a sign-in that does not last (%(error)s). Sign in there again.")
        raise SignInRefused(words % _named(sign_in, "access_token, refresh_token"))
    seconds = str(found.get("expires_in", ""))
    good_for = timedelta(seconds=int(seconds)) if seconds.isdecimal() else GOOD_FOR
    return Tokens(access=str(access), refresh=str(refresh or ""), good_for=good_for)


def _named(sign_in: MailSignIn, error: str) -> dict[str, str]:
    return {"name": sign_in.get_provider_display(), "error": error}
