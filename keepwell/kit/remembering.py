"""Words that are put together once and not once a row."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from django.utils.translation import get_language

P = ParamSpec("P")
T = TypeVar("T")


class _Spoken(threading.local):
    language: str | None = None


_spoken = _Spoken()


def remembered(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keeps the last `most` answers of a pure function, each in the language it was given in.

    A text that is safe HTML and the same text that is not are two different questions.
    """

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        def spoken(_language: str | None, *args: P.args, **given: P.kwargs) -> T:
            return function(*args, **given)

        answer: Callable[..., T] = lru_cache(maxsize=most, typed=True)(spoken)

        @wraps(function)
        def ask(*args: P.args, **given: P.kwargs) -> T:
            return answer(_spoken.language or get_language(), *args, **given)

        return ask

    return decorate


@contextmanager
def one_language() -> Iterator[None]:
    """In here the language does not change: looking it up would be most of each answer."""
    before = _spoken.language
    _spoken.language = get_language()
    try:
        yield
    finally:
        _spoken.language = before
