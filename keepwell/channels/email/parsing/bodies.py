"""What of a mail is text to read, and what is a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.message import Message

from keepwell.channels.email.parsing import tnef
from keepwell.channels.email.parsing.charsets import decode
from keepwell.channels.email.parsing.contents import (
    UNREADABLE,
    Files,
    content_id_of,
    content_of,
    content_of_whole,
    content_type_of,
    disposition_of,
    is_named,
    name_of,
    parameter,
    subject_within,
)
from keepwell.channels.email.parsing.headers import Headers, headers_of
from keepwell.channels.email.parsing.html_text import text_of
from keepwell.channels.email.parsing.limits import HTML_CHARACTERS, TEXT_CHARACTERS
from keepwell.channels.email.parsing.tree import children

CUT = "The text is very long; only its beginning is shown."
READ = frozenset({"text/plain", "text/html"})
# Parts of these say something about the mail and are read elsewhere; nobody wants them as files.
SILENT = frozenset(
    {"message/delivery-status", "message/global-delivery-status", "message/disposition-notification"}
)


@dataclass
class Bodies:
    """What was found to read, in the order of the mail."""

    files: Files
    texts: list[str] = field(default_factory=list)
    htmls: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self._cut("\n\n".join(self.texts), TEXT_CHARACTERS)

    @property
    def html(self) -> str:
        return self._cut("\n".join(self.htmls), HTML_CHARACTERS)

    def warn(self, words: str) -> None:
        if words not in self.warnings:
            self.warnings.append(words)

    def _cut(self, text: str, longest: int) -> str:
        if len(text) > longest:
            self.warn(CUT)
        return text[:longest]


def read(mail: Message, files: Files) -> Bodies:
    """The texts and files of the mail. Its depth was checked before."""
    found = Bodies(files=files)
    _read(mail, found)
    return found


def _read(part: Message, found: Bodies) -> None:
    headers = headers_of(part)
    # Parts of a digest are mails unless they say otherwise.
    kind = content_type_of(headers, part.get_default_type())
    inner = children(part)
    if kind.startswith("multipart/") and inner:
        if kind == "multipart/alternative":
            _read_alternatives(inner, found)
        else:
            for child in inner:
                _read(child, found)
    elif inner:
        _keep_mail(part, headers, kind, found)
    else:
        _read_leaf(part, headers, kind, found)


def _read_alternatives(parts: list[Message], found: Bodies) -> None:
    """Of the same words in several forms the plain one is read, unless nothing is in it."""
    before = len(found.texts)
    forms = []
    for part in parts:
        start = len(found.texts)
        _read(part, found)
        forms.append((content_type_of(headers_of(part)), found.texts[start:]))
        del found.texts[start:]
    said = [(kind, texts) for kind, texts in forms if "".join(texts).strip()]
    plain = next((texts for kind, texts in said if kind == "text/plain"), None)
    found.texts[before:] = plain or (said[-1][1] if said else [])


def _read_leaf(part: Message, headers: Headers, kind: str, found: Bodies) -> None:
    is_text = kind in READ or kind.startswith("multipart/")
    if kind in SILENT:
        return
    if not is_text or disposition_of(headers) == "attachment" or is_named(headers):
        _keep_file(part, headers, kind, found)
        return
    text = _text(part, headers, found)
    if kind == "text/html":
        found.htmls.append(text)
        text = text_of(text)
    if text.strip():
        found.texts.append(text.strip("\n"))


def _text(part: Message, headers: Headers, found: Bodies) -> str:
    content, is_decoded = content_of(part)
    if not is_decoded:
        found.warn(UNREADABLE)
    text = decode(content, parameter(headers.first("content-type"), "charset"))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _keep_file(part: Message, headers: Headers, kind: str, found: Bodies) -> None:
    content, is_decoded = content_of(part)
    name = name_of(headers, kind)
    if not is_decoded:
        found.warn(UNREADABLE)
    content_id = content_id_of(headers)
    is_inline = disposition_of(headers) == "inline" or (
        bool(content_id) and disposition_of(headers) != "attachment"
    )
    found.files.keep(content, name=name, content_type=kind, content_id=content_id, inline=is_inline)
    if tnef.is_wrapping(kind, name):
        _unwrap(content, found)


def _keep_mail(part: Message, headers: Headers, kind: str, found: Bodies) -> None:
    if kind in SILENT:
        return
    subject = subject_within(part)
    name = name_of(headers, kind) if is_named(headers) else f"{subject or 'mail'}.eml"
    found.files.keep(content_of_whole(part), name=name, content_type=kind, content_id=content_id_of(headers))


def _unwrap(content: bytes, found: Bodies) -> None:
    inside = tnef.unwrapped(content)
    if inside is None:
        found.warn(tnef.NOT_UNWRAPPED)
        return
    for name, data in inside.files:
        found.files.keep(data, name=name or "part", content_type="application/octet-stream")
    if not found.texts and (said := inside.text or text_of(inside.html)).strip():
        found.texts.append(said.strip("\n"))
