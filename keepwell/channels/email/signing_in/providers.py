"""Who lets us into mailboxes by OAuth 2. Sources: the providers' pages on IMAP and OAuth 2."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from keepwell.channels.models import MailSignIn, Secured, SignsInAt


@dataclass(frozen=True, kw_only=True)
class Provider:
    """Its mail server, and where consent is asked for and exchanged; `{tenant}` stands for the directory.

    `asks` is what it wants to be told besides, so that the consent lasts.
    """

    server: str
    consent: str
    token: str
    scope: str
    port: int = 993
    secured: str = Secured.AT_ONCE
    tenant: str = ""
    asks: Mapping[str, str] = field(default_factory=dict)


PROVIDERS: dict[str, Provider] = {
    SignsInAt.MICROSOFT: Provider(
        server="outlook.office365.com",
        consent="https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize",
        token="https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token",
        scope="https://outlook.office.com/IMAP.AccessAsUser.All offline_access",
        tenant="common",
    ),
    SignsInAt.GOOGLE: Provider(
        server="imap.gmail.com",
        consent="https://accounts.google.com/o/oauth2/v2/auth",
        token="https://oauth2.googleapis.com/token",
        scope="https://mail.google.com/",
        asks={"access_type": "offline", "prompt": "consent"},
    ),
}


def provider_of(sign_in: MailSignIn) -> Provider:
    return PROVIDERS[sign_in.provider]


def address_at(template: str, sign_in: MailSignIn) -> str:
    """One of the provider's addresses, for this directory."""
    return template.format(tenant=sign_in.tenant or provider_of(sign_in).tenant)
