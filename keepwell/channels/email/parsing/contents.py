"""The files of a mail: their names, what they are said to be, their content into a folder."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.generator import BytesGenerator
from email.message import Message
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote_to_bytes

from keepwell.channels.email.parsed import MailFile
from keepwell.channels.email.parsing.charsets import decode
from keepwell.channels.email.parsing.headers import (
    Headers,
    decoded,
    headers_of,
    one_line,
    plain,
    words_decoded,
)
from keepwell.channels.email.parsing.tree import children

NAME_CHARACTERS = 1_000
TYPE_CHARACTERS = 100
UNREADABLE = "A part could not be decoded; it is kept as it stands in the mail."

_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,80}")
_PARAMETER = re.compile(r';\s*([A-Za-z0-9*_-]{1,60})\s*=\s*("(?:[^"\\]|\\.)*"|[^;"]*)', re.DOTALL)
_ENDINGS = {
    "text/calendar": ".ics",
    "message/rfc822": ".eml",
    "text/html": ".html",
    "text/plain": ".txt",
    # Without an ending a picture is taken for a file of no kind, and shown nowhere.
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
}


@dataclass
class Files:
    """Collects the files of one mail; `folder` None: only what is known about them."""

    folder: Path | None
    kept: list[MailFile] = field(default_factory=list)

    def keep(
        self, content: bytes, *, name: str, content_type: str, content_id: str = "", inline: bool = False
    ) -> None:
        file = str(len(self.kept) + 1)
        if self.folder is not None:
            (self.folder / file).write_bytes(content)
        self.kept.append(
            MailFile(
                name=name,
                content_type=content_type,
                size=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
                content_id=content_id,
                is_inline=inline,
                file=file if self.folder is not None else "",
            )
        )


def content_type_of(headers: Headers, otherwise: str = "text/plain") -> str:
    """What a part says it is, in small letters without parameters; `otherwise` where it says nothing."""
    found = one_line(plain(headers.first("content-type"))).partition(";")[0].strip().lower()
    return found if _TYPE.fullmatch(found) else "text/plain" if found else otherwise


def disposition_of(headers: Headers) -> str:
    return one_line(plain(headers.first("content-disposition"))).partition(";")[0].strip().lower()


def content_id_of(headers: Headers) -> str:
    """Without brackets, as cid: links name it."""
    return one_line(plain(headers.first("content-id"))).strip("<> ")[:NAME_CHARACTERS]


def parameter(value: str, wanted: str) -> str:
    """A parameter of a header, whichever way it is written (RFC 2231, RFC 2047, in quotes); or empty."""
    rows = [(name.lower(), _unquoted(text)) for name, text in _PARAMETER.findall(plain(value))]
    plainly = next((text for name, text in rows if name == wanted), "")
    continued = [(name, text) for name, text in rows if name.startswith(f"{wanted}*")]
    if continued and (found := _put_together(continued, wanted)):
        return found
    return one_line(words_decoded(plainly))


def name_of(headers: Headers, content_type: str) -> str:
    """The name that the sender gave the file; one that says what it is where he gave none."""
    found = parameter(headers.first("content-disposition"), "filename")
    found = found or parameter(headers.first("content-type"), "name")
    return (
        found[:NAME_CHARACTERS]
        or decoded(headers.first("content-description"))[:80]
        or _nameless(content_type)
    )


def is_named(headers: Headers) -> bool:
    given = parameter(headers.first("content-disposition"), "filename")
    return bool(given or parameter(headers.first("content-type"), "name"))


def content_of(part: Message) -> tuple[bytes, bool]:
    """The decoded content, and whether it was decoded as it said."""
    try:
        content = part.get_payload(decode=True)
        raw = content if content is not None else part.as_string().partition("\n\n")[2]
    except MemoryError:
        raise  # a file without its content would look like one
    except Exception:  # each decoder has errors of its own; the part is worth more than their names
        raw = ""
    if isinstance(raw, bytes):
        return raw, True
    return str(raw).encode("utf-8", "surrogateescape"), False


def content_of_whole(part: Message) -> bytes:
    """A part that is a mail itself: as it stood, but for its own headers around it."""
    written = BytesIO()
    generator = BytesGenerator(written, mangle_from_=False, maxheaderlen=0)
    for child in children(part):
        try:
            generator.flatten(child)
        except MemoryError:
            raise
        except Exception:  # it cannot be written again; what it says is in the original
            written.write(b"\n")
    return written.getvalue()


def subject_within(part: Message) -> str:
    """The subject of a mail in a mail."""
    inner = next(iter(children(part)), None)
    return decoded(headers_of(inner).first("subject"))[:80] if inner else ""


def _nameless(content_type: str) -> str:
    return f"part{_ENDINGS.get(content_type, '')}"


def _unquoted(text: str) -> str:
    text = text.strip()
    return re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL) if text[:1] == '"' else text


def _put_together(rows: list[tuple[str, str]], wanted: str) -> str:
    """The pieces name*0*, name*1 ... in order; a charset before the first, bytes written as %xx."""
    pieces = sorted(_numbered(rows, wanted))[:100]
    charset, coded = "", b""
    for number, is_coded, text in pieces:
        if is_coded and number == 0 and text.count("'") >= 2:
            charset, _language, text = text.split("'", 2)
        coded += unquote_to_bytes(text) if is_coded else text.encode("utf-8", "replace")
    return one_line(decode(coded, charset))


def _numbered(rows: list[tuple[str, str]], wanted: str) -> Iterator[tuple[int, bool, str]]:
    for name, text in rows:
        number = name[len(wanted) :].strip("*")
        if number == "" or number.isdigit():
            yield int(number or 0), name.endswith("*"), text
