"""What a file is, by what it begins with and by its ending; both have to agree.

The list is closed. What is on it and marked may be shown inside a page; everything else is handed out for
saving only, and what is not on it as bytes of no kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from keepwell.files.names import ending_of

HEAD_BYTES = 4096


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`begins` are patterns of first bytes, one of which has to fit; none: the content is readable text."""

    media_type: str
    endings: frozenset[str]
    begins: tuple[re.Pattern[bytes], ...] = ()
    is_inline: bool = False


def _kind(media_type: str, endings: str, *begins: bytes, is_inline: bool = False) -> Kind:
    patterns = tuple(re.compile(begin, re.DOTALL) for begin in begins)
    return Kind(
        media_type=media_type, endings=frozenset(endings.split()), begins=patterns, is_inline=is_inline
    )


_ZIP = rb"PK\x03\x04"
_OFFICE = "application/vnd.openxmlformats-officedocument"
UNKNOWN = Kind(media_type="application/octet-stream", endings=frozenset())
KINDS = (
    _kind("image/png", "png", rb"\x89PNG\r\n\x1a\n", is_inline=True),
    _kind("image/jpeg", "jpg jpeg jpe", rb"\xff\xd8\xff", is_inline=True),
    _kind("image/gif", "gif", rb"GIF8[79]a", is_inline=True),
    _kind("image/webp", "webp", rb"RIFF....WEBP", is_inline=True),
    _kind("text/plain", "txt text log md ini conf", is_inline=True),
    _kind("text/csv", "csv"),
    _kind("application/pdf", "pdf", rb"%PDF-"),
    _kind("application/zip", "zip", _ZIP),
    _kind("application/gzip", "gz tgz", rb"\x1f\x8b"),
    _kind("application/x-7z-compressed", "7z", rb"7z\xbc\xaf\x27\x1c"),
    _kind(f"{_OFFICE}.wordprocessingml.document", "docx", _ZIP),
    _kind(f"{_OFFICE}.spreadsheetml.sheet", "xlsx", _ZIP),
    _kind(f"{_OFFICE}.presentationml.presentation", "pptx", _ZIP),
    _kind("application/vnd.oasis.opendocument.text", "odt", _ZIP),
    _kind("application/vnd.oasis.opendocument.spreadsheet", "ods", _ZIP),
    _kind("video/mp4", "mp4 m4v", rb"....ftyp"),
    _kind("message/rfc822", "eml"),
)
INLINE_MEDIA_TYPES = frozenset(kind.media_type for kind in KINDS if kind.is_inline)

# What runs when somebody opens it, by its ending or by its first bytes.
PROGRAM_ENDINGS = frozenset(
    """ade adp app appx appxbundle apk bat cab chm cmd com cpl dll diagcab dmg ex_ exe hta img ins iso isp jar
    jnlp js jse lib lnk mde msc msi msix msp mst nsh pif ps1 psm1 reg scr sct shb sys vb vbe vbs vhd vxd wsc
    wsf wsh xll""".split()  # noqa: SIM905 - a list of words is read as words
)
_PROGRAM_BEGINS = re.compile(rb"MZ|\x7fELF|\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe|#!\s*/")
# Bytes that no readable text has: controls other than tab, line ends and form feed.
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def kind_of(name: str, head: bytes) -> Kind:
    """The kind on the list whose ending and beginning both fit, else UNKNOWN. `head` is the first 4 kB."""
    ending = ending_of(name)
    for kind in KINDS:
        if ending in kind.endings:
            return kind if _begins_as(kind, head) else UNKNOWN
    return UNKNOWN


def is_picture(media_type: str) -> bool:
    """Whether such a file may stand among words."""
    return media_type in INLINE_MEDIA_TYPES and media_type.startswith("image/")


def is_program(name: str, head: bytes) -> bool:
    """Whether opening it would run it."""
    return ending_of(name) in PROGRAM_ENDINGS or bool(_PROGRAM_BEGINS.match(head))


def _begins_as(kind: Kind, head: bytes) -> bool:
    if not kind.begins:
        return is_readable_text(head)
    return any(pattern.match(head) for pattern in kind.begins)


def is_readable_text(head: bytes) -> bool:
    """Whether these first bytes are UTF-8 text; a character cut at the end does not count against it."""
    if _NOT_TEXT.search(head):
        return False
    try:
        head.decode()
    except UnicodeDecodeError as error:
        return len(head) >= HEAD_BYTES and error.end == len(head) and error.start > len(head) - 4
    return True
