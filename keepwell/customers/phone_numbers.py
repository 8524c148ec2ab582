"""How telephone numbers are kept: as they were written, and as the digits they are compared by."""

from __future__ import annotations

import re

_WRITTEN = re.compile(r"\+?[0-9()./ \-]+\Z")
_EXTENSION = re.compile(r"\s*(?:ext\.?|x|#)\s*\d{1,6}\s*\Z", re.IGNORECASE)


def digits_of(number: str) -> str:
    """The digits, with a leading + where it was written; an extension does not count.

    Errors: ValueError if this is no telephone number.
    """
    without_extension = _EXTENSION.sub("", number.strip())
    if not _WRITTEN.match(without_extension):
        raise ValueError(number)
    digits = re.sub(r"\D", "", without_extension)
    if not 3 <= len(digits) <= 18:
        raise ValueError(number)
    return f"+{digits}" if without_extension.startswith("+") else digits
