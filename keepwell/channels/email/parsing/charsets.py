"""Bytes into text that PostgreSQL and JSON take. Never fails, whatever charset was declared."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

# Names that are written in mails and that Python does not know, or knows as something else.
ALIASES = {
    "ansi": "cp1252",
    "ascii-8bit": "utf-8",
    "binary": "utf-8",
    "cp-850": "cp850",
    "cp932": "cp932",
    "default": "utf-8",
    # What calls itself by the older names is written with the larger set.
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-gb2312": "gb18030",
    "iso-8859-1": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6",
    "iso-8859-6-e": "iso-8859-6",
    "iso-2022-jp": "iso-2022-jp-ext",
    "ks_c_5601": "cp949",
    "ks_c_5601-1987": "cp949",
    "ksc_5601": "cp949",
    "euc-kr": "cp949",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "us-ascii": "utf-8",
    "utf8mb4": "utf-8",
    "utf_8": "utf-8",
    "win-1252": "cp1252",
    "windows-874": "cp874",
    "x-mac-roman": "mac-roman",
    "x-sjis": "cp932",
    "x-unknown": "",
    "unknown": "",
    "unknown-8bit": "",
    "8bit": "",
}
# Codecs that turn bytes into something else than what was written; they are no charsets of a mail.
NOT_CHARSETS = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined"})
# More is not needed to tell a charset, and telling takes its time.
GUESSED_BYTES = 32 * 1024
GUESSED_AT_LEAST = 24

_UNFIT = re.compile("[\x00\ud800-\udfff]")


def decode(content: bytes, declared: str = "") -> str:
    """The text: as it was declared, else as UTF-8, else as it looks, else byte by byte."""
    # utf-8 is tried even where another is declared that fails, because it does not fit by chance.
    for name in (known(declared), "utf-8"):
        if name and (text := _strict(content, name)) is not None:
            return clean(text)
    return clean(_guessed(content, known(declared)))


def known(declared: str) -> str:
    """The codec for a declared charset; empty where there is none."""
    name = declared.strip(" \t\r\n\x00\"'").lower()[:40]
    name = ALIASES.get(name, name)
    try:
        found = codecs.lookup(name) if name else None
    except (LookupError, ValueError, UnicodeError):
        return ""
    is_text = found is not None and getattr(found, "_is_text_encoding", True)
    return found.name if found and is_text and found.name.replace("_", "-") not in NOT_CHARSETS else ""


def clean(text: str) -> str:
    """Without what no database takes: NUL and halves of characters."""
    return _UNFIT.sub("", text)


def _strict(content: bytes, name: str) -> str | None:
    try:
        return content.decode(name)
    except (UnicodeError, ValueError, LookupError, AssertionError):
        return None


def _guessed(content: bytes, declared: str) -> str:
    """A declared charset that only some bytes do not fit is the best guess there is."""
    if declared and declared != "utf-8":
        text = _replaced(content, declared)
        if text.count("\ufffd") * 20 <= len(text):
            return text
    found = _looks_like(content)
    return _replaced(content, found or "latin-1")


def _replaced(content: bytes, name: str) -> str:
    try:
        return content.decode(name, "replace")
    except (UnicodeError, ValueError, LookupError, AssertionError):
        return content.decode("latin-1")


def _looks_like(content: bytes) -> str:
    if len(content) < GUESSED_AT_LEAST:
        return "cp1252"
    best = from_bytes(content[:GUESSED_BYTES]).best()
    return known(best.encoding) if best else ""
