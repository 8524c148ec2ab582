"""The headers a file is answered with, so that it never acts in the reader's browser.

Pure: an attachment in, headers out. The face finds the attachment through its owner and sends the content.
"""

from __future__ import annotations

from django.utils.http import content_disposition_header

from keepwell.files.kinds import INLINE_MEDIA_TYPES, KINDS, UNKNOWN
from keepwell.files.models import Attachment

# No script, no form, no frame, an origin of its own: also for whoever opens the file in a tab.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'; sandbox"
_KNOWN = frozenset(kind.media_type for kind in KINDS)


def headers_of(attachment: Attachment, *, for_saving: bool = False) -> dict[str, str]:
    """The headers of the answer; `for_saving` asks for a download where the file could be shown too."""
    is_shown = is_inline(attachment) and not for_saving
    return {
        **headers_for_saving(attachment.name, attachment.media_type, attachment.size),
        "Content-Disposition": content_disposition_header(not is_shown, attachment.name) or "attachment",
    }


def headers_for_saving(name: str, media_type: str, size: int) -> dict[str, str]:
    """The headers of bytes that are nobody's attachment, such as a mail: a download, never shown."""
    return {
        "Content-Type": _content_type(media_type),
        "Content-Length": str(size),
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Robots-Tag": "noindex",
        "Cache-Control": "private, no-store",
    }


def is_inline(attachment: Attachment) -> bool:
    """Whether the file may be shown inside a page: a few kinds, and none that waits for its scan."""
    return attachment.media_type in INLINE_MEDIA_TYPES and not attachment.is_unscanned


def _content_type(media_type: str) -> str:
    known = media_type if media_type in _KNOWN else UNKNOWN.media_type
    return f"{known}; charset=utf-8" if known.startswith("text/") else known
