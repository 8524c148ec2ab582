"""Which mail server, and how safely it is spoken to: KEEPWELL_MAIL_URL read. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.utils.translation import gettext as _

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
SHAPE = "smtp://user:password@host:port"


class Secured(StrEnum):
    AT_ONCE = "tls"  # encrypted from the first byte
    BEFORE_MAIL = "starttls"  # required: no encryption, no mail
    NEVER = "plain"


PORTS = {Secured.AT_ONCE: 465, Secured.BEFORE_MAIL: 587, Secured.NEVER: 25}


class MailUrlRefused(ValueError):
    """KEEPWELL_MAIL_URL cannot be used; `str()` says why and how it is written."""


@dataclass(frozen=True, kw_only=True)
class MailServer:
    host: str
    port: int
    user: str = ""
    password: str = ""
    secured: Secured = Secured.BEFORE_MAIL

    @classmethod
    def parse(cls, url: str) -> MailServer:
        """smtps:// is encrypted at once; smtp:// asks for encryption and sends nothing without it.

        Only a server on this machine is spoken to in plain text by default; `?tls=plain` allows it elsewhere,
        on a network of one's own, and then without a password. Errors: MailUrlRefused.
        """
        parts = urlsplit(url)
        port = _port(parts)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            raise MailUrlRefused(_("The mail address of a server is written %(shape)s.") % {"shape": SHAPE})
        secured = _secured(parts)
        user = unquote(parts.username or "")
        if user and secured is Secured.NEVER and parts.hostname not in LOOPBACK:
            raise MailUrlRefused(_("A password is never sent without encryption: use smtp:// or smtps://."))
        return cls(
            host=parts.hostname,
            port=port or PORTS[secured],
            user=user,
            password=unquote(parts.password or ""),
            secured=secured,
        )


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError as error:
        raise MailUrlRefused(
            _("The port of the mail server is no port: %(error)s.") % {"error": error}
        ) from error


def _secured(parts: SplitResult) -> Secured:
    chosen = parse_qs(parts.query).get("tls", [""])[0]
    if parts.scheme == "smtps":
        return Secured.AT_ONCE
    if chosen not in {"", Secured.NEVER, Secured.BEFORE_MAIL}:
        raise MailUrlRefused(_("After ?tls= stands plain or starttls, not %(chosen)s.") % {"chosen": chosen})
    if chosen:
        return Secured(chosen)
    return Secured.NEVER if parts.hostname in LOOPBACK else Secured.BEFORE_MAIL
