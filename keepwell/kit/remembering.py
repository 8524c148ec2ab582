"""Words that are put together once and not once a row."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from django.utils.translation import get_language

P = ParamSpec("P")
T = TypeVar("T")


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
            return answer(get_language(), *args, **given)

        return ask

    return decorate
