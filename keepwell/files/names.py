"""A file's name made safe, once, whatever was sent.

What comes out has no path, nothing invisible and nothing that turns text around, is not empty, and has at
most 180 bytes; made safe again it stays as it is. Content is never kept under it: it is what people read.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST_BYTES = 180
LONGEST_ENDING = 20
NAMELESS = "file"

_SEPARATORS = re.compile(r"[/\\]")
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)
# Control, format (direction marks, zero widths), surrogate, private and unassigned; line and paragraph ends.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def safe_name(sent: str) -> str:
    """The name as it is kept and shown."""
    # Ten kilobytes of name are not worth reading: its end has the ending.
    visible = "".join(" " if char in "\t\n\r" else char for char in sent[-4096:] if _is_visible(char))
    name = _SEPARATORS.split(unicodedata.normalize("NFC", visible))[-1]
    name = _trimmed(_FORBIDDEN.sub("_", name))
    if _DEVICE.match(name):
        name = f"_{name}"
    return _trimmed(_shortened(name)) or NAMELESS


def ending_of(name: str) -> str:
    """What stands after the last dot, in small letters; empty if there is none."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem else ""


def _is_visible(char: str) -> bool:
    return char in "\t\n\r" or unicodedata.category(char) not in _INVISIBLE


def _trimmed(name: str) -> str:
    return " ".join(name.split()).strip(" .")


def _shortened(name: str) -> str:
    if len(name.encode()) <= LONGEST_BYTES:
        return name
    ending = ending_of(name)
    tail = f".{ending}" if ending and len(ending) <= LONGEST_ENDING else ""
    stem = name[: -len(tail)] if tail else name
    room = LONGEST_BYTES - len(tail.encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(" .") + name[len(name) - len(tail) :]
