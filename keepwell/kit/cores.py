"""Work spread over all cores of the machine: processes, each with a connection of its own to the database."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from typing import TypeVar

import django

Given = TypeVar("Given")
Answer = TypeVar("Answer")


class Cores:
    """As many processes as there are cores. They know Django; what they do is a function of a module."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._pool = pool

    def each(self, do: Callable[[Given], Answer], given: Iterable[Given]) -> Iterator[Answer]:
        """The answers as they come, in no order. The first error ends it: what has not begun does not."""
        for future in as_completed([self._pool.submit(_tidily, do, one) for one in given]):
            yield future.result()

    def each_in_order(self, do: Callable[[Given], Answer], given: Iterable[Given]) -> Iterator[Answer]:
        """The answers in the order of what was given."""
        return self._pool.map(partial(_tidily, do), given)


@contextmanager
def all_cores() -> Iterator[Cores]:
    # Forked, they would go on talking on our connection to the database.
    pool = ProcessPoolExecutor(os.cpu_count() or 1, get_context("spawn"), _begin)
    try:
        yield Cores(pool)
    finally:
        pool.shutdown(cancel_futures=True)


def _begin() -> None:
    django.setup()
    # Looking for cycles while very many rows are made takes a tenth of the time; it is done between.
    gc.disable()
    gc.freeze()


def _tidily(do: Callable[[Given], Answer], given: Given) -> Answer:
    try:
        return do(given)
    finally:
        gc.collect()
