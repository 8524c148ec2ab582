"""Codes to follow a case: eight letters and digits that are not mistaken for each other when read aloud."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH = 8
LASTS_FOR = timedelta(hours=24)
TRIES = 5
SALT = "keepwell.channels.follow_code"


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def plain(entered: str) -> str:
    """The code as it was sent, whatever spaces, dashes or small letters somebody typed."""
    return "".join(letter for letter in entered.upper() if letter in LETTERS)


def spaced(code: str) -> str:
    """The code as a person reads it: in two groups."""
    return f"{code[: LENGTH // 2]} {code[LENGTH // 2 :]}"


def sealed(code: str, *, case: int, address: int) -> str:
    """What is kept of a code: worth nothing without the installation's secret, nor for another case."""
    # Not hashed slowly as a password is: drawn by chance, it lasts a day and bears five tries, and its mail
    # waits in the same database. Against whoever reads that, a secret outside it holds; slowness would not.
    return salted_hmac(SALT, f"{case} {address} {code}", algorithm="sha256").hexdigest()


def is_sealed(code: str, kept: str, *, case: int, address: int) -> bool:
    return constant_time_compare(sealed(code, case=case, address=address), kept)
