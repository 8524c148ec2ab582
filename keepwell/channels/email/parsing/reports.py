"""What mail servers report of mails of ours (RFC 3464)."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from email.parser import HeaderParser
from email.policy import compat32

from keepwell.channels.email.parsed import DeliveryReport
from keepwell.channels.email.parsing.charsets import decode
from keepwell.channels.email.parsing.contents import content_of, content_type_of
from keepwell.channels.email.parsing.headers import Headers, decoded, headers_of
from keepwell.channels.email.parsing.ids import own_id
from keepwell.channels.email.parsing.limits import ALL_HEADERS_BYTES
from keepwell.channels.email.parsing.tree import children, walk

RECIPIENTS = 100
DIAGNOSTIC_CHARACTERS = 1_000


def delivery_reports(mail: Message) -> tuple[DeliveryReport, ...]:
    """One for each recipient that the mail reports about; none where it is no such report."""
    parts = [(part, content_type_of(headers_of(part))) for part, _depth in walk(mail)]
    told = [
        part for part, kind in parts if kind in ("message/delivery-status", "message/global-delivery-status")
    ]
    if not told:
        return ()
    about = next(filter(None, (_id_within(part, kind) for part, kind in parts)), "")
    return tuple(found for part in told for found in _of(part, about))[:RECIPIENTS]


def _of(part: Message, about: str) -> Iterator[DeliveryReport]:
    for block in children(part) or _blocks(part):
        headers = headers_of(block)
        recipient = _after_kind(headers, "final-recipient") or _after_kind(headers, "original-recipient")
        if recipient:
            yield DeliveryReport(
                final_recipient=recipient.strip("<> "),
                action=decoded(headers.first("action")).lower()[:40],
                status=decoded(headers.first("status"))[:40],
                diagnostic=_after_kind(headers, "diagnostic-code")[:DIAGNOSTIC_CHARACTERS],
                message_id=about,
            )


def _after_kind(headers: Headers, name: str) -> str:
    """rfc822; dana@elmfalls.example"""
    kind, semicolon, text = decoded(headers.first(name)).partition(";")
    return (text if semicolon else kind).strip()


def _blocks(part: Message) -> list[Message]:
    """Where it stands encoded, the parser saw no blocks."""
    text = decode(content_of(part)[0][:ALL_HEADERS_BYTES])
    pieces = text.replace("\r\n", "\n").split("\n\n")[: RECIPIENTS + 1]
    return [HeaderParser(policy=compat32).parsestr(piece) for piece in pieces if piece.strip()]


def _id_within(part: Message, kind: str) -> str:
    if kind == "message/rfc822":
        inner = next(iter(children(part)), None)
        return own_id(headers_of(inner).first("message-id")) if inner else ""
    if kind in ("text/rfc822-headers", "message/rfc822-headers", "message/global-headers"):
        text = decode(content_of(part)[0][:ALL_HEADERS_BYTES])
        return own_id(headers_of(HeaderParser(policy=compat32).parsestr(text)).first("message-id"))
    return ""
