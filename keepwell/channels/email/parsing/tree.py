"""The parts of a mail. What has too many, or too deep ones, is not taken apart."""

from __future__ import annotations

from collections.abc import Iterator
from email.feedparser import BytesFeedParser
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import Policy, compat32

from keepwell.channels.email.parsing.limits import (
    ALL_HEADERS_BYTES,
    DEPTH,
    OPENED_BYTES,
    PARTS,
)

PIECE_BYTES = 64 * 1024
TOO_LARGE = "The mail is larger than 25 MB; it was not opened."
TOO_MANY = "The mail has more than 500 parts; it was not opened."
TOO_DEEP = "The mail has parts more than 20 deep in each other; it was not opened."


class Unopened(Exception):
    """The mail is not taken apart; `str()` is the warning."""


def opened(raw: bytes) -> Message:
    """The mail in its parts. Errors: Unopened."""
    if len(raw) > OPENED_BYTES:
        raise Unopened(TOO_LARGE)
    parser = BytesFeedParser(_Counted().part, policy=compat32)
    # In pieces: a single one would be held twice more.
    for start in range(0, len(raw), PIECE_BYTES):
        parser.feed(raw[start : start + PIECE_BYTES])
    mail = parser.close()
    _require_shallow(mail)
    return mail


def only_headers(raw: bytes) -> Message:
    """The mail's headers, whatever follows them."""
    return BytesHeaderParser(policy=compat32).parsebytes(raw[: 2 * ALL_HEADERS_BYTES])


def children(part: Message) -> list[Message]:
    """The parts of a part; none where it has none, also where it claims to be of several and is not."""
    # Asked for its payload, a part that is text decodes it, and fails where it names no charset.
    payload = part.get_payload() if part.is_multipart() else []
    return [child for child in payload if isinstance(child, Message)]


def walk(part: Message) -> Iterator[tuple[Message, int]]:
    """The part and all within it, in order, with their depth; without calling itself."""
    waiting = [(part, 0)]
    while waiting:
        found, depth = waiting.pop()
        yield found, depth
        waiting.extend((child, depth + 1) for child in reversed(children(found)))


class _Counted:
    """Makes the parts, and no more of them than are taken."""

    def __init__(self) -> None:
        self.made = 0

    def part(self, policy: Policy = compat32) -> Message:
        self.made += 1
        if self.made > PARTS:
            raise Unopened(TOO_MANY)
        return Message(policy=policy)


def _require_shallow(mail: Message) -> None:
    if any(depth > DEPTH for _part, depth in walk(mail)):
        raise Unopened(TOO_DEEP)
