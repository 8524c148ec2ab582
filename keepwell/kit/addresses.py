"""Addresses by name, as Django reverses them, remembering what stands around their numbers."""

from __future__ import annotations

from functools import lru_cache

from django.urls import reverse

# What stands for the numbers of an address while it is reversed: no address of ours has such a one in it.
MARKS = (1_000_000_007, 1_000_000_009, 1_000_000_021, 1_000_000_033)


def address(name: str, *given: int | str) -> str:
    """The address of this name with these parts. Errors: NoReverseMatch."""
    if not all(isinstance(part, str) or (isinstance(part, int) and part >= 0) for part in given):
        return reverse(name, args=given)
    numbers = tuple(part for part in given if not isinstance(part, str))
    return _pattern(name, *(part if isinstance(part, str) else None for part in given)) % numbers


@lru_cache(maxsize=1024)
def _pattern(name: str, *given: str | None) -> str:
    """With %d where the numbers belong."""
    marks = iter(MARKS)
    marked = reverse(name, args=[next(marks) if part is None else part for part in given]).replace("%", "%%")
    for mark in MARKS:
        marked = marked.replace(str(mark), "%d")
    return marked
