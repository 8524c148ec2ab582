"""A mail as it was read: what it says of itself, believed by nobody yet.

Made by `parsing/` in a child process and handed over as JSON, so plain values only: no NUL, no lone
surrogate, times with a zone. Every word in it was written by the sender.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Party:
    """Somebody named in a header. `address` is as it was written, or empty; `name` is decoded, or empty."""

    address: str
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class MailFile:
    """A part that is a file. `file` names its content in the folder that the parser was given.

    `content_type` is what the sender claims. `is_inline`: the HTML shows it, or it is marked so.
    """

    name: str
    content_type: str
    size: int
    sha256: str
    content_id: str = ""
    is_inline: bool = False
    file: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DeliveryReport:
    """What a mail server reports of a mail of ours for one recipient (RFC 3464).

    `action` is failed, delayed, delivered, relayed or expanded; `status` like 5.1.1. `message_id` is that of
    the mail it is about, with its brackets; empty where the report does not say.
    """

    final_recipient: str
    action: str = ""
    status: str = ""
    diagnostic: str = ""
    message_id: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Forwarded:
    """A mail that the writer of another passes on in it, as he says that it came to him.

    `comment` is what he wrote himself. `headers` are those that a decision needs, of one that `is_attached`;
    of one in the text its ids are what the mail around it names.
    """

    author: Party
    subject: str = ""
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    sent_at: datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body_text: str = ""
    trimmed_text: str = ""
    comment: str = ""
    is_attached: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarReply:
    """What a calendar answers to an invitation (RFC 5546 section 3.2.3), each attendee by himself.

    `address` is whom it speaks of, `answer` a PARTSTAT such as ACCEPTED; `sequence` is that of the invitation
    it answers, None where it does not say.
    """

    uid: str
    address: str
    answer: str
    sequence: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ParsedMail:
    """One mail. Ids keep their brackets; `references` are in the order of the header, the oldest first.

    `from_addresses` holds whatever From lines name: more than one, or none, is a mark of a forged or broken
    mail. `headers` are those that a decision needs, in the order of the mail, the newest trace first: the
    name in small letters, and the text unfolded but not decoded. `body_text` is all that was written: of
    the HTML where there is no plain part. `trimmed_text` is what is left once quotes are hidden: never the
    only copy. `forwarded` is the one mail that it passes on, None where it passes on none or several.
    `is_opened` is false where the mail went beyond a limit and only its headers were read. `warnings` say in
    words what could not be read as it was meant.
    """

    from_addresses: tuple[Party, ...] = ()
    sender: Party | None = None
    reply_to: tuple[Party, ...] = ()
    to: tuple[Party, ...] = ()
    cc: tuple[Party, ...] = ()
    subject: str = ""
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    thread_index: str = ""
    sent_at: datetime | None = None
    content_type: str = "text/plain"
    body_text: str = ""
    body_html: str = ""
    trimmed_text: str = ""
    attachments: tuple[MailFile, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    delivery_reports: tuple[DeliveryReport, ...] = ()
    calendar_replies: tuple[CalendarReply, ...] = ()
    forwarded: Forwarded | None = None
    is_opened: bool = True
    warnings: tuple[str, ...] = field(default=())

    @property
    def author(self) -> Party | None:
        """Whom the mail names as its writer; None where it names nobody."""
        return self.from_addresses[0] if self.from_addresses else None

    def all_of(self, name: str) -> list[str]:
        """Each header of this name that was kept, in the order of the mail."""
        wanted = name.lower()
        return [text for found, text in self.headers if found == wanted]

    def header(self, name: str) -> str:
        """The first header of this name; empty if there is none."""
        return next(iter(self.all_of(name)), "")


def as_json(mail: ParsedMail) -> dict[str, Any]:
    """The mail in values that JSON has."""
    plain = asdict(mail)
    plain["sent_at"] = _written(mail.sent_at)
    if mail.forwarded is not None:
        plain["forwarded"]["sent_at"] = _written(mail.forwarded.sent_at)
    return plain


def from_json(plain: dict[str, Any]) -> ParsedMail:
    """The mail that `as_json` gave. Errors: TypeError, ValueError, KeyError if it is no such thing."""
    sender = plain["sender"]
    return ParsedMail(
        **{
            **plain,
            **{name: _parties(plain[name]) for name in ("from_addresses", "reply_to", "to", "cc")},
            **{name: tuple(plain[name]) for name in ("in_reply_to", "references", "warnings")},
            "sender": Party(**sender) if sender else None,
            "sent_at": _instant(plain["sent_at"]),
            # Those that were read before mails were passed on have none.
            "forwarded": _forwarded(plain.get("forwarded")),
            "attachments": tuple(MailFile(**row) for row in plain["attachments"]),
            "headers": tuple((name, text) for name, text in plain["headers"]),
            "delivery_reports": tuple(DeliveryReport(**row) for row in plain["delivery_reports"]),
            # Those that were read before calendars were have none.
            "calendar_replies": tuple(CalendarReply(**row) for row in plain.get("calendar_replies", ())),
        }
    )


def _forwarded(plain: dict[str, Any] | None) -> Forwarded | None:
    if plain is None:
        return None
    return Forwarded(
        **{
            **plain,
            **{name: tuple(plain[name]) for name in ("in_reply_to", "references")},
            "author": Party(**plain["author"]),
            "sent_at": _instant(plain["sent_at"]),
            "headers": tuple((name, text) for name, text in plain["headers"]),
        }
    )


def _written(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _parties(rows: Iterable[dict[str, str]]) -> tuple[Party, ...]:
    return tuple(Party(**row) for row in rows)
