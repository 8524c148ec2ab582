"""Addresses that nobody can guess: numbers, signed for one purpose by the secret of this installation."""

from __future__ import annotations

from django.core import signing

BETWEEN = "-"


def token(purpose: str, *numbers: int) -> str:
    """The same numbers give the same token for as long as the secret stays; of letters, digits and : - _."""
    return _signer(purpose).sign(BETWEEN.join(str(number) for number in numbers))


def numbers_in(purpose: str, token: str) -> tuple[int, ...] | None:
    """The numbers it was made of; None for one that was not made here, or for another purpose."""
    try:
        return tuple(int(number) for number in _signer(purpose).unsign(token).split(BETWEEN))
    except (signing.BadSignature, ValueError):
        return None


def _signer(purpose: str) -> signing.Signer:
    return signing.Signer(salt=f"keepwell.links.{purpose}")
