"""From a template's words to a mail, and the one look that all mails share.

A mail's template is two files: `NAME.subject.txt` and `NAME.txt`. The text is the mail; its HTML part is the
same words read as Markdown, in the brand's frame, with nothing to load from anywhere: pictures come with it.
What stands below the signature, such as earlier mails, is two files of its own, `NAME.txt` and `NAME.html`:
others wrote that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import formataddr
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template import Context
from django.template.backends.django import Template
from django.template.loader import get_template, render_to_string
from django.utils import timezone, translation
from django.utils.safestring import SafeString

from keepwell.kit import markup, pictures
from keepwell.outbox.embedding import Embedding, Picture
from keepwell.outbox.models import Brand, Purpose
from keepwell.outbox.variables import filled

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
        name = in_one_line(self.name)
        return formataddr((name, self.address)) if name else self.address


@dataclass(frozen=True, kw_only=True)
class Attached:
    """A file that goes with a mail; a picture has the `number` by which words show it (kit/pictures.py)."""

    name: str
    content: bytes
    content_type: str
    number: int = 0


@dataclass(frozen=True, kw_only=True)
class CalendarFile:
    """What a calendar reads in a mail, as one more form of its words (RFC 6047 section 2.4).

    `method` is that of the file, such as REQUEST: mail programs look for it before they open the file.
    """

    content: str
    method: str

    @property
    def content_type(self) -> str:
        return f"text/calendar; method={self.method}"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A mail to be written: `template` is its path without ending, such as "cases/mail/receipt".

    `about` are the (noun, id) pairs that entries about this mail are to be found under. `sender_name`
    stands before the brand's address in place of the brand's own name. After `good_for` nobody tries to send
    it any more; None: five days, a quarter of an hour for a code. `below` is the path without ending of what
    stands below the signature, or empty. `variables` are what the brand's own words may name. `brand` is whom
    it comes from, None for the vendor's own. `calendar` is read by calendars, None where there is nothing for
    them.
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
    below: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)
    brand: Brand | None = None
    calendar: CalendarFile | None = None


class Below(NamedTuple):
    """What stands below the signature of a mail."""

    text: str
    html: SafeString


def composed(letter: Letter, brand: Brand) -> EmailMessage:
    """The mail, in the recipient's language and zone. Errors: TemplateDoesNotExist."""
    context = {"brand": brand, "recipient": letter.to, "site": settings.KEEPWELL_URL, **letter.context}
    with _read_by(letter.to):
        body = _words(f"{letter.template}.txt", context)
        shown, others = _parted(letter.attachments, body)
        message = EmailMultiAlternatives(
            subject=in_one_line(_words(f"{letter.template}.subject.txt", context)),
            body=body,
            from_email=written_by(brand, letter.sender_name),
            to=[letter.to.written],
            headers=dict(letter.headers),
            attachments=[(one.name, one.content, one.content_type) for one in others],
        )
        below = _below(letter.below, context) if letter.below else None
        whole = dressed(message, brand, below=below, variables=letter.variables, shown=shown)
    if letter.calendar and isinstance(whole, EmailMultiAlternatives):
        whole.attach_alternative(letter.calendar.content, letter.calendar.content_type)
    return whole


def dressed(
    message: EmailMessage,
    brand: Brand,
    *,
    below: Below | None = None,
    variables: Mapping[str, str] | None = None,
    shown: Sequence[Attached] = (),
) -> EmailMessage:
    """The mail with the brand's sender, signature and an HTML part; one that brings its own HTML keeps it.

    `shown` are the pictures that stand in its words; where there are only words, their names stand there.
    """
    if message.from_email in {"", settings.DEFAULT_FROM_EMAIL}:
        message.from_email = written_by(brand)
    if message.content_subtype != "plain" or getattr(message, "alternatives", None):
        return message
    signature = filled(brand.signature, {"brand": brand.name, **(variables or {})})
    embedded = {one.number: Picture.of(one.name, one.content, one.content_type) for one in shown}
    whole = Embedding(
        subject=message.subject,
        body=_signed(pictures.named(str(message.body)), signature, below.text if below else ""),
        from_email=message.from_email,
        to=message.to,
        cc=message.cc,
        bcc=message.bcc,
        reply_to=message.reply_to,
        attachments=message.attachments,
        headers=message.extra_headers,
    )
    whole.embed(embedded.values())
    places = {number: picture.place for number, picture in embedded.items()}
    framed = _framed(message, brand, signature, below, places)
    whole.attach_alternative(render_to_string(FRAME, framed), "text/html")
    return whole


def _parted(attached: Sequence[Attached], body: str) -> tuple[list[Attached], list[Attached]]:
    """Those that the words show, and the others."""
    numbers = pictures.numbers_in(markup.html(body)) if any(one.number for one in attached) else set()
    shown = [one for one in attached if one.number and one.number in numbers]
    return shown, [one for one in attached if one not in shown]


def _framed(
    message: EmailMessage, brand: Brand, signature: str, below: Below | None, places: Mapping[int, str]
) -> dict[str, Any]:
    return {
        "brand": brand,
        "subject": message.subject,
        "body": pictures.placed(markup.html(str(message.body)), places),
        "signature": signature,
        "below": below.html if below else "",
    }


def _signed(text: str, signature: str, below: str) -> str:
    # "-- " and a line end is how mail programs know a signature (RFC 3676 section 4.3).
    return "\n\n".join(part for part in (text, f"-- \n{signature}" if signature else "", below) if part)


def in_one_line(text: str) -> str:
    """As a header takes it: a line end in somebody's name or subject begins no other header."""
    return " ".join(text.split())


def written_by(brand: Brand, name: str = "") -> str:
    """The From line: somebody's or the brand's name, always the brand's address."""
    return formataddr((in_one_line(name or brand.sender_name), brand.sender_address))


def _below(name: str, context: dict[str, Any]) -> Below:
    return Below(_words(f"{name}.txt", context), render_to_string(f"{name}.html", context))


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
