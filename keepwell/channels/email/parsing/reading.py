"""A mail from its bytes."""

from __future__ import annotations

from email.message import Message
from pathlib import Path

from keepwell.channels.email.parsed import ParsedMail, Party
from keepwell.channels.email.parsing import bodies, dates
from keepwell.channels.email.parsing.addresses import parties
from keepwell.channels.email.parsing.calendars import calendar_replies
from keepwell.channels.email.parsing.contents import Files, content_type_of
from keepwell.channels.email.parsing.forwarding import forwarded
from keepwell.channels.email.parsing.headers import Headers, decoded, headers_of, kept, one_line, plain
from keepwell.channels.email.parsing.ids import ids, own_id
from keepwell.channels.email.parsing.limits import PEOPLE
from keepwell.channels.email.parsing.reports import delivery_reports
from keepwell.channels.email.parsing.tree import Unopened, only_headers, opened
from keepwell.channels.email.parsing.trimming import trimmed

SUBJECT_CHARACTERS = 2_000
NO_SENDER = "The mail names no sender."
TWO_SENDERS = "The mail names more than one sender."


def read_mail(raw: bytes, folder: Path | None = None) -> ParsedMail:
    """What the mail says; the content of its files goes into the folder, each under its number.

    What goes beyond the limits is read by its headers alone: `is_opened` is false. It fails only where
    memory or time end; the child that runs it is for that.
    """
    try:
        return _whole(opened(raw), folder)
    except Unopened as unopened:
        headers = headers_of(only_headers(raw))
        return ParsedMail(**_said(headers), is_opened=False, warnings=(str(unopened), *_warnings(headers)))


def _whole(mail: Message, folder: Path | None) -> ParsedMail:
    headers = headers_of(mail)
    said = _said(headers)
    found = bodies.read(mail, Files(folder))
    text, html = found.text, found.html
    is_answer = bool(said["in_reply_to"] or said["references"] or said["thread_index"])
    return ParsedMail(
        **said,
        body_text=text,
        body_html=html,
        trimmed_text=trimmed(text, subject=said["subject"], is_answer=is_answer),
        attachments=tuple(found.files.kept),
        delivery_reports=delivery_reports(mail),
        calendar_replies=calendar_replies(mail),
        forwarded=forwarded(mail, text, said),
        warnings=(*_warnings(headers), *found.warnings),
    )


def _said(headers: Headers) -> dict:
    """What stands in the headers, by the names of `ParsedMail`."""
    return {
        "from_addresses": _people(headers, "from"),
        "sender": next(iter(_people(headers, "sender")), None),
        "reply_to": _people(headers, "reply-to"),
        "to": _people(headers, "to"),
        "cc": _people(headers, "cc"),
        "subject": decoded(headers.first("subject"))[:SUBJECT_CHARACTERS],
        "message_id": own_id(headers.first("message-id")),
        "in_reply_to": ids(*headers.all_of("in-reply-to")),
        "references": ids(*headers.all_of("references")),
        "thread_index": one_line(plain(headers.first("thread-index")))[:1_000],
        "sent_at": dates.sent_at(headers.first("date")),
        "content_type": content_type_of(headers),
        "headers": tuple(kept(headers)),
    }


def _people(headers: Headers, name: str) -> tuple[Party, ...]:
    return tuple(party for value in headers.all_of(name) for party in parties(value))[:PEOPLE]


def _warnings(headers: Headers) -> tuple[str, ...]:
    senders = len(_people(headers, "from"))
    is_dated = dates.sent_at(headers.first("date")) is not None
    found = [NO_SENDER] * (senders == 0) + [TWO_SENDERS] * (senders > 1) + [dates.NO_DATE] * (not is_dated)
    return (*dict.fromkeys(headers.warnings), *found)
