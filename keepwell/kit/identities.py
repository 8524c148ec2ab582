"""Ids as they stand in an address or a form, written by whoever."""

from __future__ import annotations

# The largest that the database counts to has nineteen digits; nobody comes near.
MOST_DIGITS = 18


def id_in(text: str) -> int | None:
    """The id, or None where the text is none."""
    is_one = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
    return int(text) if is_one else None
