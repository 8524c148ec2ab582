"""How each provider proves itself, and where in its request the mail is. Source: its page on inbound mail."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from anymail.exceptions import AnymailWebhookValidationFailure
from anymail.webhooks.base import AnymailBaseWebhookView
from anymail.webhooks.mailgun import MailgunInboundWebhookView
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from keepwell.channels.email.hooks.posted import Posted, Unreadable
from keepwell.channels.models import DeliveredBy

SIGNED = {"token", "timestamp", "signature"}


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """A mail byte for byte, who it is for and who sent it, as the provider's mail server was told."""

    raw: bytes
    to: tuple[str, ...]
    sender: str = ""


@dataclass(frozen=True, kw_only=True)
class Provider:
    """`checks` is made with the secret and looks at a request; `mails` takes them out of what was posted.

    `needs` says what has to be switched on there so that the mail comes as it is.
    """

    checks: Callable[[str], AnymailBaseWebhookView]
    mails: Callable[[Posted], Iterable[Delivered]]
    needs: str | Promise


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """A request as far as django-anymail looks at it. Names as Django has them."""

    META: Mapping[str, Any]
    POST: Mapping[str, str]
    content_type: str = "multipart/form-data"


def is_from(provider: Provider, secret: str, headers: Mapping[str, Any], posted: Posted) -> bool:
    """Whether whoever posted this has the secret. `headers` as WSGI has them."""
    asked = _Asked(META=headers, POST={name: posted.text(name) for name in posted.fields.keys() & SIGNED})
    try:
        provider.checks(secret).run_validators(asked)
    except (AnymailWebhookValidationFailure, ValueError):
        # What no provider would send, such as letters where a signature is read as ASCII, is not its own.
        return False
    return True


def mails_in(provider: Provider, posted: Posted) -> list[Delivered]:
    """Errors: Unreadable."""
    try:
        found = list(provider.mails(posted))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise Unreadable(f"{provider.needs} ({type(error).__name__})") from error
    if not found or not all(one.raw and one.to for one in found):
        raise Unreadable(str(provider.needs))
    return found


def _mailgun(posted: Posted) -> Iterator[Delivered]:
    yield Delivered(
        raw=posted.fields["body-mime"],
        to=_addresses(posted.text("recipient").split(",")),
        sender=posted.text("sender"),
    )


def _sendgrid(posted: Posted) -> Iterator[Delivered]:
    envelope = json.loads(posted.fields["envelope"])
    yield Delivered(
        raw=posted.fields["email"], to=_addresses(envelope["to"]), sender=str(envelope.get("from", ""))
    )


def _postmark(posted: Posted) -> Iterator[Delivered]:
    found = posted.json
    yield Delivered(
        raw=_bytes(found["RawEmail"]),
        to=_addresses([found["OriginalRecipient"]]),
        sender=str(found.get("From", "")),
    )


def _sparkpost(posted: Posted) -> Iterator[Delivered]:
    for event in posted.json:
        found = event["msys"]["relay_message"]
        said = found["content"]["email_rfc822"]
        is_wrapped = found["content"].get("email_rfc822_is_base64")
        yield Delivered(
            raw=_unwrapped(said) if is_wrapped else _bytes(said),
            to=_addresses([found["rcpt_to"]]),
            sender=str(found.get("msg_from", "")),
        )


def _addresses(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(address for one in found if (address := one.strip()))


def _bytes(said: str) -> bytes:
    return said.encode("utf-8", "surrogateescape")


def _unwrapped(said: str) -> bytes:
    try:
        return base64.b64decode(said, validate=True)
    except binascii.Error as error:
        raise Unreadable("the base64 is broken") from error


class _WithPassword(AnymailBaseWebhookView):
    esp_name = "any"


def _by_password(secret: str) -> AnymailBaseWebhookView:
    return _WithPassword(webhook_secret=[secret])


def _by_signature(secret: str) -> AnymailBaseWebhookView:
    return MailgunInboundWebhookView(webhook_signing_key=secret, api_key=None, webhook_secret=[])


PROVIDERS: Mapping[str, Provider] = {
    DeliveredBy.MAILGUN: Provider(
        checks=_by_signature,
        mails=_mailgun,
        needs=_("the route has to forward to an address that ends with /mime, so that body-mime is there"),
    ),
    DeliveredBy.SENDGRID: Provider(
        checks=_by_password,
        mails=_sendgrid,
        needs=_("the raw, full MIME message has to be posted, so that email and envelope are there"),
    ),
    DeliveredBy.POSTMARK: Provider(
        checks=_by_password,
        mails=_postmark,
        needs=_("the raw content has to be included, so that RawEmail is there"),
    ),
    DeliveredBy.SPARKPOST: Provider(
        checks=_by_password,
        mails=_sparkpost,
        needs=_("relay messages are taken, with their email_rfc822"),
    ),
}
