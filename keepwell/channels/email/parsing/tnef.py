"""What Outlook wraps in winmail.dat: the files, and the text where the mail has none."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from tnefparse import TNEF

from keepwell.channels.email.parsing.charsets import clean, decode
from keepwell.channels.email.parsing.limits import PARTS, UNWRAPPED_BYTES

# It tells each oddity of a file; the warning of the mail is enough.
logging.getLogger("tnef-decode").setLevel(logging.CRITICAL)

TYPES = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
NOT_UNWRAPPED = "An Outlook wrapping (winmail.dat) could not be opened; it is kept as it is."


@dataclass(frozen=True)
class Unwrapped:
    """Names and contents of the files, and what was written, if that was wrapped, too."""

    files: tuple[tuple[str, bytes], ...]
    text: str
    html: str


def is_wrapping(content_type: str, name: str) -> bool:
    return content_type in TYPES or name.lower() == "winmail.dat"


def unwrapped(content: bytes) -> Unwrapped | None:
    """What is in it; None if it cannot be opened."""
    try:
        found = TNEF(content, do_checksum=False)
        files = tuple(
            (str(each.long_filename() or each.name or ""), bytes(each.data or b""))
            for each in found.attachments
        )
        said = Unwrapped(files, _text(getattr(found, "body", None)), _text(getattr(found, "htmlbody", None)))
    except MemoryError:
        raise
    except Exception:  # a damaged one fails anywhere within the library
        return None
    is_small = len(files) <= PARTS and sum(len(data) for _name, data in files) <= UNWRAPPED_BYTES
    return said if is_small else None


def _text(found: object) -> str:
    if isinstance(found, bytes):
        return decode(found)
    return clean(found) if isinstance(found, str) else ""
