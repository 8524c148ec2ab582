"""Which push services are spoken to: those of browsers, and those that the operator names.

Whoever adds a device says where it is reached. Without this list he could have us ask any server of our net.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

# Chrome, Edge and others; Firefox; Edge on Windows; Safari. A leading dot stands for any name before it.
OF_BROWSERS = (
    "fcm.googleapis.com",
    ".push.services.mozilla.com",
    ".notify.windows.com",
    ".push.apple.com",
)


def is_push_service(endpoint: str) -> bool:
    """Whether it is one of theirs, over HTTPS, or one that KEEPWELL_PUSH_SERVICES names, over whatever."""
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.username or parts.password or parts.scheme not in {"https", "http"}:
        return False
    if host in settings.KEEPWELL_PUSH_SERVICES:
        return True
    return parts.scheme == "https" and port in {None, 443} and any(_is(host, one) for one in OF_BROWSERS)


def _is(host: str, known: str) -> bool:
    return host.endswith(known) if known.startswith(".") else host == known
