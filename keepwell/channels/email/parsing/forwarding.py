"""The mail that somebody passes on in his own: as a part of it, or in its text below a header.

Of mail programs: Outlook writes the header block alone below a subject that says FW; Gmail, Thunderbird and
Apple Mail a line that says so, and Apple marks each line as a quote. Only one mail that was passed on is
read: of two nobody knows which is meant. Nothing in it is believed here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from typing import Any

from keepwell.channels.email.parsed import Forwarded, Party
from keepwell.channels.email.parsing import bodies, dates
from keepwell.channels.email.parsing.addresses import parties
from keepwell.channels.email.parsing.contents import Files, content_type_of
from keepwell.channels.email.parsing.headers import decoded, headers_of, kept
from keepwell.channels.email.parsing.ids import ids, own_id
from keepwell.channels.email.parsing.tree import children, walk
from keepwell.channels.email.parsing.trimming import (
    is_forward_subject,
    is_header_of_old_mail,
    names_sender,
    names_subject,
    says_forwarded,
    trimmed,
)

SUBJECT_CHARACTERS = 2_000
HEADER_LINES = 12
_REPLIES = re.compile(r"\s*(re|aw|sv|antw|odp|ynt|vá|res|回复|回覆|答复)\s*[:：]", re.IGNORECASE)
_QUOTE = re.compile(r"\s?> ?")
_HEADER = re.compile(r"\W{0,2}[^\W\d][\w' -]{0,24}\W{0,2}\s?[:：]\s*(?P<value>.*)")
_ADDRESS = re.compile(r"[^\s<>()\[\]:;,\"'|]{1,64}@[^\s<>()\[\]:;,\"'|]{3,253}")
_AROUND_A_NAME = " \t\"'*<>[]():"


@dataclass(frozen=True)
class _Block:
    """Lines of a header, from `start` (with the line that announces it) up to `end`, not included."""

    start: int
    end: int
    author: Party
    subject: str


def forwarded(mail: Message, text: str, said: dict[str, Any]) -> Forwarded | None:
    """The one mail that was passed on, None where there is none, or more than one.

    `text` is what was read of the mail, `said` what stands in its headers.
    """
    attached = [part for part, _depth in walk(mail) if content_type_of(headers_of(part)) == "message/rfc822"]
    if attached:
        inner = children(attached[0])
        return _attached(inner[0], text) if len(_outermost(mail)) == 1 and inner else None
    return _inline(text, said)


def _outermost(part: Message) -> list[Message]:
    """The mails in the mail, without those within them."""
    if content_type_of(headers_of(part)) == "message/rfc822":
        return [part]
    return [found for child in children(part) for found in _outermost(child)]


def _attached(inner: Message, comment: str) -> Forwarded | None:
    headers = headers_of(inner)
    authors = [party for value in headers.all_of("from") for party in parties(value)]
    if len(authors) != 1:
        return None
    subject = decoded(headers.first("subject"))[:SUBJECT_CHARACTERS]
    text = bodies.read(inner, Files(None)).text
    in_reply_to, references = ids(*headers.all_of("in-reply-to")), ids(*headers.all_of("references"))
    return Forwarded(
        author=authors[0],
        subject=subject,
        message_id=own_id(headers.first("message-id")),
        in_reply_to=in_reply_to,
        references=references,
        sent_at=dates.sent_at(headers.first("date")),
        headers=tuple(kept(headers)),
        body_text=text,
        trimmed_text=trimmed(text, subject=subject, is_answer=bool(in_reply_to or references)),
        comment=comment.strip(),
        is_attached=True,
    )


def _inline(text: str, said: dict[str, Any]) -> Forwarded | None:
    lines = text.split("\n")
    block = None if _REPLIES.match(said["subject"]) else _first_block(lines, said["subject"])
    if block is None:
        return None
    is_quoted = _QUOTE.match(lines[block.end - 1]) is not None
    below = [_QUOTE.sub("", line, count=1) if is_quoted else line for line in lines[block.end :]]
    body, named = (
        "\n".join(below).strip("\n "),
        list(dict.fromkeys([*said["references"], *said["in_reply_to"]])),
    )
    return Forwarded(
        author=block.author,
        subject=block.subject,
        # A program that passes a mail on names it last, if at all.
        message_id=named[-1] if named else "",
        references=tuple(named[:-1]),
        body_text=body,
        trimmed_text=trimmed(body, subject=block.subject),
        comment="\n".join(lines[: block.start]).strip(),
    )


def _first_block(lines: Sequence[str], subject: str) -> _Block | None:
    """The uppermost: what stands below it was written by others, who may write such a header themselves."""
    is_forward = is_forward_subject(subject)
    for at, line in enumerate(lines):
        if says_forwarded(line) and not line.lstrip().startswith(">"):
            return _block(lines, at, at + 1)
        if is_forward and is_header_of_old_mail(lines, at):
            return _block(lines, at, at)
    return None


def _block(lines: Sequence[str], start: int, first: int) -> _Block | None:
    while first < len(lines) and not _plain(lines[first]):
        first += 1
    end, author, subject = first, None, ""
    while end < min(len(lines), first + HEADER_LINES) and (line := _plain(lines[end])):
        value = _value(line)
        if names_sender(line) and author is None:
            author = _party(value)
        elif names_subject(line) and not subject:
            subject = value
        end += 1
    return _Block(start, end, author, subject[:SUBJECT_CHARACTERS]) if author else None


def _plain(line: str) -> str:
    return _QUOTE.sub("", line, count=1).strip()


def _value(line: str) -> str:
    found = _HEADER.fullmatch(line)
    return found["value"].strip() if found else ""


def _party(value: str) -> Party | None:
    """As programs write it: Name <address>, Name [mailto:address], the address alone, or twice."""
    found = _ADDRESS.search(value.replace("mailto:", " "))
    if found is None:
        return None
    name = value.replace("mailto:", " ")[: found.start()].strip(_AROUND_A_NAME)
    return Party(address=found[0].rstrip("."), name=name[:200])
