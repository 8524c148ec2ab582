"""The keys that seal what goes out by mail and are believed when it comes back."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "keepwell.channels.email.seals"
# Stands for the key that is made from the installation's secret, so that one can leave it and be believed.
INSTALLATION = "installation"
LETTERS_AT_LEAST = 32


def seal_keys() -> tuple[bytes, ...]:
    """The newest first. Without any in the settings it is one made from the secret of this installation."""
    return tuple(map(_key, settings.KEEPWELL_MAIL_KEYS or [INSTALLATION]))


def too_short(words: Sequence[str]) -> list[int]:
    """The places, counted from 1, of keys that could be guessed."""
    return [
        place
        for place, word in enumerate(words, start=1)
        if word != INSTALLATION and len(word) < LETTERS_AT_LEAST
    ]


def _key(word: str) -> bytes:
    if word == INSTALLATION:
        return salted_hmac(SALT, "mail", algorithm="sha256").digest()
    return word.encode()
