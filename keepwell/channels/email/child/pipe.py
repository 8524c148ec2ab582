"""A line from a pipe."""

from __future__ import annotations

import os
import select
import time

LINE_BYTES = 64 * 1024


class NoAnswer(Exception):
    """The other side was silent for too long, ended, or said what is no line; `str()` says which."""


TOO_LATE, ENDED, NO_LINE = "Reading it takes longer than it is given.", "Reading it failed.", "No line came."


def line_from(descriptor: int, *, within_seconds: float) -> bytes:
    """The next line. Errors: NoAnswer."""
    until = time.monotonic() + within_seconds
    read = bytearray()
    while not read.endswith(b"\n"):
        left = until - time.monotonic()
        if left <= 0 or not select.select([descriptor], [], [], left)[0]:
            raise NoAnswer(TOO_LATE)
        piece = os.read(descriptor, LINE_BYTES)
        if not piece:
            raise NoAnswer(ENDED)
        read += piece
        if len(read) > LINE_BYTES:
            raise NoAnswer(NO_LINE)
    return bytes(read)
