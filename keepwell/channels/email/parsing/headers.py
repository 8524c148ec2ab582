"""Headers: found without being decoded, decoded one by one.

The values come as the parser left them: bytes that are no ASCII stand in them as lone surrogates.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from email.message import Message

from keepwell.channels.email.parsing.charsets import clean, decode
from keepwell.channels.email.parsing.limits import (
    ALL_HEADERS_BYTES,
    HEADER_BYTES,
    KEPT_HEADER_CHARACTERS,
    KEPT_HEADERS,
)

TOO_LONG = "A header is longer than 64 kB and was left out."
TOO_MANY = "There are more than 256 kB of headers; the last ones were left out."

# What a decision needs: who vouches for it, whether a machine wrote it, how it came here.
KEPT = frozenset(
    {
        "authentication-results", "arc-authentication-results", "auto-submitted", "content-type",
        "delivered-to", "dkim-signature", "envelope-to", "errors-to", "feedback-id", "importance",
        "mailing-list", "precedence", "received", "received-spf", "return-path", "user-agent", "x-autoreply",
        "x-autorespond", "x-auto-response-suppress", "x-beenthere", "x-envelope-from", "x-envelope-to",
        "x-failed-recipients", "x-forwarded-for", "x-forwarded-to", "x-loop", "x-mail-autoreply", "x-mailer",
        "x-mailing-list", "x-ms-exchange-generated-message-source", "x-ms-exchange-inbox-rules-loop",
        "x-original-from", "x-original-to", "x-priority", "x-spam-flag", "x-spam-status", "x-vacation",
    }
)  # fmt: skip
KEPT_BEGINNINGS = ("list-", "x-auto", "x-keepwell-")

_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"[ \t\r\n]*")
_FOLD = re.compile(r"\r\n|\r|\n")
_SPACES = re.compile(r"\s+")
# What moves text about or is no text: a name must not be able to look like another one.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass
class Headers:
    """The headers of a mail or of a part, in their order, as far as they are looked at."""

    rows: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def all_of(self, name: str) -> list[str]:
        return [value for found, value in self.rows if found == name]

    def first(self, name: str) -> str:
        return next(iter(self.all_of(name)), "")


def headers_of(part: Message) -> Headers:
    """Its headers, names in small letters; those beyond the limits are left out, and a warning says so."""
    found = Headers()
    left = ALL_HEADERS_BYTES
    for name, value in part.raw_items():
        text = str(value)
        left -= len(name) + len(text)
        if left < 0:
            found.warnings.append(TOO_MANY)
            break
        if len(text) > HEADER_BYTES:
            found.warnings.append(TOO_LONG)
        else:
            found.rows.append((name.lower(), text))
    return found


def kept(headers: Headers) -> Iterator[tuple[str, str]]:
    """Those that a decision needs, unfolded and not decoded."""
    rows = [row for row in headers.rows if row[0] in KEPT or row[0].startswith(KEPT_BEGINNINGS)]
    for name, value in rows[:KEPT_HEADERS]:
        yield name, one_line(plain(value))[:KEPT_HEADER_CHARACTERS]


def plain(value: str) -> str:
    """The value with its bytes made into text; encoded words stay as they are."""
    if value.isascii():
        return clean(value)
    return decode(value.encode("utf-8", "surrogateescape"))


def one_line(text: str) -> str:
    """Without folding, controls and doubled spaces."""
    return _SPACES.sub(" ", _CONTROLS.sub("", _FOLD.sub(" ", text))).strip()


def decoded(value: str) -> str:
    """The header as it is read: one line, encoded words decoded."""
    return one_line(words_decoded(plain(value)))


def words_decoded(text: str) -> str:
    """Encoded words as what they stand for (RFC 2047), and where they stand against it (in quotes, glued)."""
    return "".join(_texts(_pieces(text)))


@dataclass(frozen=True)
class _Piece:
    """Text, or where there is a charset the bytes of an encoded word."""

    text: str = ""
    content: bytes = b""
    charset: str = ""


def _pieces(text: str) -> Iterator[_Piece]:
    at, is_after_word = 0, False
    for match in _WORD.finditer(text):
        between = text[at : match.start()]
        # Space between two encoded words belongs to neither.
        if between and not (is_after_word and _BETWEEN.fullmatch(between)):
            yield _Piece(text=between)
        yield _word(match)
        at, is_after_word = match.end(), True
    if at < len(text):
        yield _Piece(text=text[at:])


def _word(match: re.Match[str]) -> _Piece:
    charset, way, written = match.groups()
    content = _from_base64(written) if way in "bB" else _from_quoted(written)
    if content is None:
        return _Piece(text=match.group())
    # A language may follow the charset (RFC 2231).
    return _Piece(content=content, charset=charset.partition("*")[0].lower())


def _texts(pieces: Iterable[_Piece]) -> Iterator[str]:
    """Neighbours of one charset are decoded together: a character may be cut between two words."""
    run: list[bytes] = []
    charset = ""
    for piece in [*pieces, _Piece()]:
        if run and piece.charset != charset:
            yield decode(b"".join(run), charset)
            run = []
        if piece.charset:
            run.append(piece.content)
            charset = piece.charset
        else:
            yield piece.text


def _from_base64(written: str) -> bytes | None:
    packed = re.sub(r"[^A-Za-z0-9+/]", "", written)
    try:
        return base64.b64decode(packed + "=" * (-len(packed) % 4))
    except binascii.Error:
        return None


def _from_quoted(written: str) -> bytes:
    return quopri.decodestring(written.encode("utf-8", "replace"), header=True)
