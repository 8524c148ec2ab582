"""From a template's words to a mail, and the one look that all mails share.

A mail's template is two files: `NAME.subject.txt` and `NAME.txt`. The text is the mail; its HTML part is the
same words read as Markdown, in the brand's frame, with nothing to load from anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import formataddr
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template import Context
from django.template.backends.django import Template
from django.template.loader import get_template, render_to_string
from django.utils import timezone, translation

from keepwell.kit import markup
from keepwell.outbox.models import Brand, Purpose

FRAME = "outbox/mail/frame.html"


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Who gets a mail, and in which language and time zone ("" for the installation's)."""

    address: str
    name: str = ""
    locale: str = ""
    time_zone: str = ""

    @property
    def written(self) -> str:
        return formataddr((self.name, self.address)) if self.name else self.address


@dataclass(frozen=True, kw_only=True)
class Attached:
    """A file that goes with a mail."""

    name: str
    content: bytes
    content_type: str


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A mail to be written: `template` is its path without ending, such as "cases/mail/receipt".

    `about` are the (noun, id) pairs that entries about this mail are to be found under. `sender_name`
    stands before the brand's address in place of the brand's own name. After `good_for` nobody tries to send
    it any more; None: five days, a quarter of an hour for a code.
    """

    template: str
    to: Recipient
    purpose: Purpose
    context: Mapping[str, Any] = field(default_factory=dict)
    about: tuple[tuple[str, int], ...] = ()
    sender_name: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    good_for: timedelta | None = None
    attachments: tuple[Attached, ...] = ()


def composed(letter: Letter, brand: Brand) -> EmailMessage:
    """The mail, in the recipient's language and zone. Errors: TemplateDoesNotExist."""
    context = {"brand": brand, "recipient": letter.to, "site": settings.KEEPWELL_URL, **letter.context}
    with _read_by(letter.to):
        message = EmailMultiAlternatives(
            subject=" ".join(_words(f"{letter.template}.subject.txt", context).split()),
            body=_words(f"{letter.template}.txt", context),
            from_email=written_by(brand, letter.sender_name),
            to=[letter.to.written],
            headers=dict(letter.headers),
            attachments=[(one.name, one.content, one.content_type) for one in letter.attachments],
        )
        return dressed(message, brand)


def dressed(message: EmailMessage, brand: Brand) -> EmailMessage:
    """The mail with the brand's sender, signature and an HTML part; one that brings its own HTML keeps it."""
    if message.from_email in {"", settings.DEFAULT_FROM_EMAIL}:
        message.from_email = written_by(brand)
    if message.content_subtype != "plain" or getattr(message, "alternatives", None):
        return message
    whole = EmailMultiAlternatives(
        subject=message.subject,
        body=_signed(str(message.body), brand),
        from_email=message.from_email,
        to=message.to,
        cc=message.cc,
        bcc=message.bcc,
        reply_to=message.reply_to,
        attachments=message.attachments,
        headers=message.extra_headers,
    )
    frame = {"brand": brand, "subject": message.subject, "body": markup.html(str(message.body))}
    whole.attach_alternative(render_to_string(FRAME, frame), "text/html")
    return whole


def _signed(text: str, brand: Brand) -> str:
    # "-- " and a line end is how mail programs know a signature (RFC 3676 section 4.3).
    return f"{text}\n\n-- \n{brand.signature}" if brand.signature else text


def written_by(brand: Brand, name: str = "") -> str:
    """The From line: somebody's or the brand's name, always the brand's address."""
    return formataddr((name or brand.sender_name, brand.sender_address))


def _words(template: str, context: dict[str, Any]) -> str:
    # Text is not HTML: an apostrophe stays one.
    found = cast(Template, get_template(template)).template
    return found.render(Context(context, autoescape=False)).strip()


def _read_by(recipient: Recipient) -> ExitStack:
    stack = ExitStack()
    if recipient.locale:
        stack.enter_context(translation.override(recipient.locale))
    if recipient.time_zone:
        stack.enter_context(timezone.override(ZoneInfo(recipient.time_zone)))
    return stack
