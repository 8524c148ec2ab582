"""Words that break nowhere."""

from __future__ import annotations


def long(stem: str, number: int, length: int) -> str:
    """So many letters without a place to break, and with its number at the end."""
    tail = str(number)
    return (stem * length)[: length - len(tail)] + tail
