"""The key to the first-run page: a stranger who finds a new server must not become its administrator."""

from __future__ import annotations

import hmac
import os
import secrets

from django.conf import settings

FILE = "first-run-key"


def first_run_key() -> str:
    """The key of this installation, made at the first asking and kept in the data folder until it is used."""
    path = settings.VAR / FILE
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(24))
    return str(path.read_text(encoding="ascii"))


def opens(given: str) -> bool:
    """Whether this is the key; never before one was made."""
    path = settings.VAR / FILE
    return path.exists() and hmac.compare_digest(given.encode(), path.read_bytes())


def throw_away() -> None:
    (settings.VAR / FILE).unlink(missing_ok=True)
