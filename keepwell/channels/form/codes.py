"""Codes to follow a case: eight letters and digits that are not mistaken for each other when read aloud."""

from __future__ import annotations

import secrets
from datetime import timedelta

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH = 8
LASTS_FOR = timedelta(hours=24)
TRIES = 5


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def plain(entered: str) -> str:
    """The code as it was sent, whatever spaces, dashes or small letters somebody typed."""
    return "".join(letter for letter in entered.upper() if letter in LETTERS)


def spaced(code: str) -> str:
    """The code as a person reads it: in two groups."""
    return f"{code[: LENGTH // 2]} {code[LENGTH // 2 :]}"
